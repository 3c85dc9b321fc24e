package org.dlm.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dlm.runtime.store.AtomicFile;
import org.dlm.runtime.train.History;
import org.dlm.runtime.train.TensorBoardEvents;
import org.dlm.runtime.train.TrainingListener;
import org.dlm.runtime.train.TrainingResult;
import picocli.CommandLine.Option;

/** What a training run leaves behind beside its weights, as options of a command. */
final class RunRecords {
  @Option(names = "--history", paramLabel = "F.csv", description = "Write a line for each epoch.")
  private Path csv;

  @Option(names = "--events", paramLabel = "DIR", description = "Write an event file for TensorBoard there.")
  private Path events;

  @Option(names = "--curves", paramLabel = "F", split = ",",
      description = "Draw loss and scores: F.svg, F.png or both.")
  private List<Path> curves = List.of();

  @Option(names = "--report", paramLabel = "F.html", description = "Write a page that tells of the run.")
  private Path report;

  @Option(names = "--log", paramLabel = "DIR",
      description = "All of these: history.csv, curves.svg, curves.png, report.html and an event file in DIR.")
  private Path log;

  private History history;

  /** What hears the run; what could not be written is said now. */
  List<TrainingListener> listeners() {
    if (log != null) {
      csv = csv == null ? log.resolve("history.csv") : csv;
      events = events == null ? log : events;
      curves = curves.isEmpty() ? List.of(log.resolve("curves.svg"), log.resolve("curves.png")) : curves;
      report = report == null ? log.resolve("report.html") : report;
    }
    curves.forEach(Curves::check);
    BaseCommand.output(csv);
    if (BaseCommand.output(report) != null) {
      AtomicFile.checkWritable(report);
    }
    List<TrainingListener> all = new ArrayList<>();
    history = new History(csv);
    all.add(history);
    if (events != null) {
      all.add(new TensorBoardEvents(events));
    }
    return all;
  }

  /** Writes pictures and page, also of a run that was stopped. */
  void write(String title, Map<String, String> facts, TrainingResult result) {
    List<Curves> pictures = RunCurves.of(history);
    if (!pictures.isEmpty()) {
      curves.forEach(file -> Curves.write(file, pictures));
    }
    if (report != null) {
      RunReport.write(report, title, facts, history, result);
    }
  }

  /** What was written, for the end of a run. */
  List<Path> files() {
    List<Path> files = new ArrayList<>(curves);
    if (csv != null) {
      files.add(csv);
    }
    if (report != null) {
      files.add(report);
    }
    if (events != null) {
      files.add(events);
    }
    return files;
  }
}
