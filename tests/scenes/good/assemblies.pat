# two assemblies
0 1
2 0.5

1 0.25
2
