// placeholder for XMLDocuments until its files land
