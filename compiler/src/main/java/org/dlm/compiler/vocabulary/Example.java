package org.dlm.compiler.vocabulary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A line {@code run EXPRESSION -> RESULT, RESULT with NAME = VALUE, NAME = VALUE} of the library's documentation,
 * without the word {@code run}. The results of an initialiser are an initialiser; of an optimizer the parameters after
 * one step.
 */
public record Example(String text, String expression, List<String> results, Map<String, ExampleValue> inputs) {
  private static final String ARROW = " -> ";
  private static final String WITH = " with ";

  static Example of(String text) {
    int with = text.lastIndexOf(WITH);
    String body = with < 0 ? text : text.substring(0, with);
    int arrow = body.lastIndexOf(ARROW);
    if (arrow < 0) {
      throw new IllegalArgumentException(
          "an example has the form `run EXPRESSION -> RESULT with NAME = VALUE`, not `run " + text + "`");
    }
    Map<String, ExampleValue> inputs = new LinkedHashMap<>();
    for (String input : with < 0 ? List.<String>of() : ExampleValue.split(text.substring(with + WITH.length()))) {
      String[] sides = input.split(" = ", 2);
      inputs.put(sides[0].strip(), ExampleValue.of(sides[1].strip()));
    }
    return new Example(text, body.substring(0, arrow).strip(),
        ExampleValue.split(body.substring(arrow + ARROW.length())), inputs);
  }

  /** A model whose function {@code example} is the expression; {@code total} is the body of a second one, or empty. */
  String model(String total) {
    List<String> parameters = new ArrayList<>();
    inputs.forEach((name, value) -> parameters.add(name + ": " + value.type()));
    String list = "(" + String.join(", ", parameters) + ")";
    String second = total.isEmpty() ? "" : "  fn total" + list + " -> [] {\n" + total + "  }\n";
    return "layer ExampleLayer() {\n  fn example" + list + " -> _ = " + expression + "\n" + second
        + "}\nmodel Example = ExampleLayer()\n";
  }
}
