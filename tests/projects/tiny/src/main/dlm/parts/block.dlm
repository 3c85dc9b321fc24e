package parts

layer Block(width: int) = [Linear(width), relu]
