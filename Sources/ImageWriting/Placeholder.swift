// placeholder for ImageWriting until its files land
