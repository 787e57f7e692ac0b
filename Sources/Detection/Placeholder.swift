// placeholder for Detection until its files land
