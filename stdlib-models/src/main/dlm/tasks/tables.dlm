/* Rows of numbers to classes. */
package tasks

/// Two layers for tables of `classes` kinds; how many columns there are follows from the data.
layer TableClassifier(columns: int, classes: int, hidden: int = 64) {
  net = [Linear(hidden), relu, Dropout(0.1), Linear(hidden), relu, Linear(classes)]

  /// One score for each class.
  fn forward(x: [N, columns]) -> [N, classes] = net(x)

  /// What training makes small.
  fn loss(x: [N, columns], label: i32[N]) -> [] = net(x) |> cross_entropy(label)

  /// The share of rows named right.
  fn hits(x: [N, columns], label: i32[N]) -> [] = accuracy(net(x), label)
}

/// Three kinds of iris from four lengths.
model Iris = TableClassifier(columns = 4, classes = 3)

/// Three growers of wine from 13 measurements.
model Wine = TableClassifier(columns = 13, classes = 3)

/// Two kinds of tumours from 30 measurements.
model BreastCancer = TableClassifier(columns = 30, classes = 2)
