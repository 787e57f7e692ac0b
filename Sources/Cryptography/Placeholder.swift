// placeholder for Cryptography until its files land
