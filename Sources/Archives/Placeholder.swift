// placeholder for Archives until its files land
