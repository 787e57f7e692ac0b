// placeholder for Pipeline until its files land
