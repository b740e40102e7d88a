"""What the data of a spec are like, seen through the functions of its script that train on them."""
