"""Rules whose findings another stage reports: here is what they mean, which no check needs."""
