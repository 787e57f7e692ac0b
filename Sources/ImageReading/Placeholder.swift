// placeholder for ImageReading until its files land
