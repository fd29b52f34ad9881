0 0.5
1 much
