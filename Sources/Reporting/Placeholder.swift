// placeholder for Reporting until its files land
