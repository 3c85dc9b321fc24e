package org.dlm.runtime.data;

import java.util.List;

/**
 * Examples to learn from and others to be tested on.
 *
 * @param scaling in words, how raw values became the numbers that a model sees
 * @param classNames what label 0, 1, ... stands for; empty where there is nothing to classify
 */
public record DataSet(String name, Examples train, Examples test, String scaling, List<String> classNames) {
  public DataSet {
    classNames = List.copyOf(classNames);
  }
}
