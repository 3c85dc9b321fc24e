package org.dlm.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dlm.compiler.pipeline.Dump;
import org.dlm.compiler.pipeline.Stage;

/**
 * What the compiler made of a model as one HTML page that needs nothing else: the source on the left, one stage on the
 * right. A click on a line marks everything that was made of the same line of the source.
 */
final class HtmlReport {
  private static final Pattern PLACE = Pattern.compile("([\\w.-]+\\.dlm):(\\d+)");

  private static final String STYLE = """
      body { margin: 0; font: 13px/1.45 ui-monospace, monospace; color: #1a1a1a; background: #fff; }
      header { padding: 8px 16px; font-family: system-ui, sans-serif; border-bottom: 1px solid #ccc; }
      main { display: grid; grid-template-columns: 2fr 3fr; height: calc(100vh - 46px); }
      section { overflow: auto; padding: 8px 0; border-right: 1px solid #ccc; }
      h2 { font: bold 13px system-ui, sans-serif; margin: 12px 16px 4px; }
      div.l { white-space: pre; padding: 0 16px; min-height: 1.45em; }
      div.l[data-p] { cursor: pointer; }
      div.l[data-p]:hover { background: #f0f4fa; }
      div.on { background: #fff3c4 !important; }
      i { color: #999; font-style: normal; user-select: none; }
      button { font: inherit; margin: 0 4px; border: 1px solid #ccc; background: #fff; cursor: pointer; }
      button.on { background: #fff3c4; }
      @media (prefers-color-scheme: dark) {
        body, button { color: #ddd; background: #1c1c1e; }
        div.l[data-p]:hover { background: #2a2f3a; }
        div.on, button.on { background: #57480f !important; }
      }
      """;

  private static final String SCRIPT = """
      const stages = [...document.querySelectorAll('.stage')], buttons = [...document.querySelectorAll('button')];
      function show(n) {
        stages.forEach((s, i) => s.hidden = i !== n);
        buttons.forEach((b, i) => b.classList.toggle('on', i === n));
      }
      function mark(place, from) {
        document.querySelectorAll('div.l.on').forEach(e => e.classList.remove('on'));
        const same = [...document.querySelectorAll('div.l')].filter(e => e.dataset.p === place);
        same.forEach(e => e.classList.add('on'));
        document.querySelectorAll('section').forEach(s => {
          const first = same.find(e => s.contains(e) && e.offsetParent);
          if (first && !s.contains(from)) first.scrollIntoView({block: 'center'});
        });
      }
      document.addEventListener('click', e => {
        const line = e.target.closest('div.l[data-p]');
        if (line) mark(line.dataset.p, line);
      });
      buttons.forEach((b, i) => b.addEventListener('click', () => show(i)));
      show(0);
      """;

  private final StringBuilder page = new StringBuilder();

  private HtmlReport() {}

  /**
   * The page.
   *
   * @param sources texts of the model files by name, without folders
   */
  static String of(String title, Map<String, String> sources, List<Dump> dumps) {
    HtmlReport report = new HtmlReport();
    List<Stage> stages = List.copyOf(new TreeSet<>(dumps.stream().map(Dump::stage).toList()));
    report.page.append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>").append(escaped(title))
        .append("</title>\n<style>\n").append(STYLE).append("</style>\n<header>").append(escaped(title)).append(' ');
    stages.forEach(s -> report.page.append("<button>").append(s.id()).append("</button>"));
    report.page.append("</header>\n<main>\n<section>\n");
    sources.forEach(report::source);
    report.page.append("</section>\n<section>\n");
    stages.forEach(s -> report.stage(dumps.stream().filter(d -> d.stage() == s).toList()));
    report.page.append("</section>\n</main>\n<script>\n").append(SCRIPT).append("</script>\n</html>\n");
    return report.page.toString();
  }

  private void source(String name, String text) {
    heading(name);
    int number = 1;
    for (String line : text.split("\n", -1)) {
      page.append("<div class=\"l\" data-p=\"").append(escaped(name)).append(':').append(number).append("\"><i>")
          .append(String.format("%4d  ", number)).append("</i>").append(escaped(line)).append("</div>\n");
      number++;
    }
  }

  private void stage(List<Dump> dumps) {
    page.append("<div class=\"stage\" hidden>\n");
    for (Dump dump : dumps) {
      heading(dump.subject());
      lines(dump);
    }
    page.append("</div>\n");
  }

  /** In Java, what follows a comment with a place comes from that place, up to the next empty line. */
  private void lines(Dump dump) {
    String current = null;
    for (String line : dump.text().stripTrailing().split("\n", -1)) {
      Matcher place = PLACE.matcher(line);
      boolean found = place.find();
      if (found) {
        current = place.group();
      } else if (dump.stage() != Stage.JAVA || line.isBlank()) {
        current = null;
      }
      page.append(current == null ? "<div class=\"l\">" : "<div class=\"l\" data-p=\"" + escaped(current) + "\">")
          .append(escaped(line)).append("</div>\n");
    }
  }

  private void heading(String text) {
    page.append("<h2>").append(escaped(text)).append("</h2>\n");
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}
