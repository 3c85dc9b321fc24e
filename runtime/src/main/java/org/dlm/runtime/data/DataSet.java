package org.dlm.runtime.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.InputProblem;

/**
 * Examples to learn from and others to be tested on.
 *
 * @param validation what is tested after each epoch, and chooses the best one; the same as {@code test} where nothing
 *     was set aside for it
 * @param scaling in words, how raw values became the numbers that a model sees
 * @param classNames what label 0, 1, ... stands for; empty where there is nothing to classify
 * @param facts what a user of the trained model must know of the data, kept in checkpoints: scales, vocabularies
 */
public record DataSet(String name, DataSource train, DataSource validation, DataSource test, String scaling,
    List<String> classNames, Map<String, String> facts) {
  /** Ends the name of the column with the lengths of another. */
  static final String LENGTH = "_length";

  public DataSet {
    classNames = List.copyOf(classNames);
    facts = Map.copyOf(facts);
  }

  /** Without examples set aside for validation. */
  public DataSet(String name, DataSource train, DataSource test, String scaling, List<String> classNames) {
    this(name, train, test, test, scaling, classNames, Map.of());
  }

  /**
   * The same with a share of each class set aside from the training examples for validation.
   *
   * @param share 0 for none
   * @param labels the class of each training example
   */
  public DataSet validatedOn(double share, int[] labels) {
    if (share == 0) {
      return this;
    }
    IndexedSource all = (IndexedSource) train;
    StratifiedSplit split = StratifiedSplit.of(labels, share);
    if (split.train().length == 0 || split.test().length == 0) {
      throw new InputProblem("validation=" + share + " leaves " + split.train().length + " examples of " + name
          + " to train and " + split.test().length + " to validate", "Write validation=0.1.");
    }
    return new DataSet(name, new Selection(all, split.train()), new Selection(all, split.test()), test, scaling,
        classNames, facts);
  }

  /** What is measured after each epoch of training: {@code validation}, or {@code test} where nothing is set aside. */
  public String measured() {
    return validation == test ? "test" : "validation";
  }

  /** The same, of which one thing more is known. */
  DataSet with(String fact, String value) {
    Map<String, String> all = new LinkedHashMap<>(facts);
    all.put(fact, value);
    return new DataSet(name, train, validation, test, scaling, classNames, all);
  }

  /** The tensors of a batch: those of each example, and the lengths of those whose length is open. */
  public List<Column> columns() {
    return batchColumns(train);
  }

  /** The same of one part. */
  public static List<Column> batchColumns(DataSource source) {
    List<Column> columns = new ArrayList<>(source.columns());
    source.columns().stream().filter(Column::open)
        .forEach(c -> columns.add(new Column.Described(c.name() + LENGTH, ElementType.I32, 0, 0)));
    return columns;
  }
}
