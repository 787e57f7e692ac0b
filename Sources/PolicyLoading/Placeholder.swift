// placeholder for PolicyLoading until its files land
