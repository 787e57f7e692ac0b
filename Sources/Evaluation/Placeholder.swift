// placeholder for Evaluation until its files land
