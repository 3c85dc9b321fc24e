package org.dlm.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dlm.runtime.store.AtomicFile;
import org.dlm.runtime.train.Confusion;
import org.dlm.runtime.train.EpochReport;
import org.dlm.runtime.train.History;
import org.dlm.runtime.train.Score;
import org.dlm.runtime.train.TrainingResult;

/** A training run as one HTML page that needs nothing else: settings, curves, epochs, who is taken for whom. */
final class RunReport {
  private static final String STYLE = """
      body { margin: 24px auto; max-width: 860px; padding: 0 16px; font: 15px/1.5 system-ui, sans-serif; color: #1a1a1a; }
      h1 { font-size: 22px; } h2 { font-size: 17px; margin-top: 32px; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
      td, th { padding: 2px 14px 2px 0; text-align: right; font-weight: normal; }
      th { color: #666; border-bottom: 1px solid #ccc; }
      td:first-child, th:first-child { text-align: left; }
      pre { font: 12px/1.4 ui-monospace, monospace; overflow-x: auto; }
      svg { max-width: 100%; height: auto; } tr.best { background: #fff3c4; }
      """;

  private RunReport() {}

  /** {@code facts}: names and values at the top of the page, such as the settings of the run. */
  static void write(Path file, String title, Map<String, String> facts, History history, TrainingResult result) {
    String page = page(title, facts, history, result);
    AtomicFile.write(file, channel -> channel.write(ByteBuffer.wrap(page.getBytes(StandardCharsets.UTF_8))));
  }

  static String page(String title, Map<String, String> facts, History history, TrainingResult result) {
    Map<String, String> all = new LinkedHashMap<>(facts);
    all.put("steps", String.format(Locale.ROOT, "%,d in %.1f s", result.steps(), result.seconds()));
    result.test().ifPresent(score -> score.names()
        .forEach(name -> all.put("test " + name, String.format(Locale.ROOT, "%.5g", score.value(name)))));
    StringBuilder out = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
        .append(HtmlReport.escaped(title)).append("</title><style>\n").append(STYLE)
        .append("</style></head><body>\n<h1>")
        .append(HtmlReport.escaped(title)).append("</h1>\n<table>\n");
    all.forEach((name, value) -> out.append("<tr><td>").append(HtmlReport.escaped(name))
        .append("</td><td style=\"text-align:left\">")
        .append(HtmlReport.escaped(value)).append("</td></tr>\n"));
    out.append("</table>\n");
    CompactSvg letters = new CompactSvg();
    RunCurves.of(history).forEach(c -> out.append("<h2>").append(HtmlReport.escaped(c.title())).append("</h2>\n")
        .append(c.svg(letters)).append('\n'));
    epochs(history.epochs(), out);
    result.test().flatMap(Score::confusion).map(Confusion::table)
        .ifPresent(table -> out.append("<h2>Test examples</h2>\n<pre>").append(HtmlReport.escaped(table))
            .append("</pre>\n"));
    return out.append("</body></html>\n").toString();
  }

  private static void epochs(List<EpochReport> epochs, StringBuilder out) {
    if (epochs.isEmpty()) {
      return;
    }
    List<String> names = epochs.getFirst().score().names();
    String part = epochs.getFirst().part();
    Stream<String> heads = Stream.concat(Stream.of("epoch", "step", "seconds", "rate", "loss"),
        names.stream().map(n -> part + " " + n));
    out.append("<h2>Epochs</h2>\n<table>\n<tr>").append(cells("th", heads)).append("</tr>\n");
    for (EpochReport e : epochs) {
      Stream<Double> numbers = Stream.concat(Stream.of(e.seconds(), e.rate(), e.loss()),
          names.stream().map(e.score()::value));
      out.append(e.best() ? "<tr class=\"best\">" : "<tr>")
          .append(cells("td", Stream.concat(Stream.of(Integer.toString(e.epoch()), Long.toString(e.step())),
              numbers.map(n -> Double.isNaN(n) ? "-" : String.format(Locale.ROOT, "%.5g", n))))).append("</tr>\n");
    }
    out.append("</table>\n<p>Marked: epochs better than all before.</p>\n");
  }

  private static String cells(String tag, Stream<String> texts) {
    return texts.map(t -> "<" + tag + ">" + HtmlReport.escaped(t) + "</" + tag + ">").collect(Collectors.joining());
  }
}
