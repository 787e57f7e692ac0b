// placeholder for YAMLDocuments until its files land
