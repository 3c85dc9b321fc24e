package org.dlm.runtime.data.audio;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.data.BrokenFiles;
import org.dlm.runtime.data.DataKind;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSpec;
import org.dlm.runtime.data.Selection;
import org.dlm.runtime.data.StratifiedSplit;
import org.dlm.runtime.data.text.Vocabulary;

/** WAV files, whose class is the folder they are in or the beginning of their name. */
public final class AudioKind implements DataKind {
  private static final List<String> OPTIONS = List.of("features", "mels", "window", "hop", "target", "names", "corrupt",
      "heldout", "test", "validation");

  private static final int MEMORY_SHARE = 4;

  @Override
  public String name() {
    return "audio";
  }

  @Override
  public String usage() {
    return "audio:DIR     WAV files in a folder for each class, or named CLASS_...: audio [any, 64],"
        + " audio_length, and label or text,"
        + " text_length; speaker for files CLASS_SPEAKER_...;"
        + " options: features=mel|wave, mels=64, window=0.025, hop=0.01 (seconds), target=class|letters,"
        + " names=zero+one+... (of the classes in alphabetical order, or in this one where files bear them),"
        + " heldout=*_[0-4].wav (files to test on),"
        + " test=0.2, validation=0, corrupt=fail|skip";
  }

  /** Recordings that were found, and what their heads say of them all. */
  private record Found(List<Path> files, int[] labels, List<String> classes, int rate, long longest, long samples) {}

  @Override
  public DataSet open(DataSpec spec) {
    spec.allow(OPTIONS);
    Path folder = spec.folder("WAV files");
    BrokenFiles broken = new BrokenFiles(spec.choice("corrupt", "fail", "skip").equals("skip"));
    Found found = find(folder, broken);
    List<String> classes = names(spec, found.classes);
    int[] labels = labels(found, classes);
    MelSpectrogram mel = spec.choice("features", "mel", "wave").equals("wave") ? null : mel(spec, found.rate);
    Vocabulary letters = spec.choice("target", "class", "letters").equals("class") ? null : letters(classes);
    int[][] texts = letters == null ? null : classes.stream().map(letters::encode).toArray(int[][]::new);
    List<String> speakers = speakers(found.files);
    long longest = mel == null ? found.longest : mel.frames(found.longest);
    AudioSource all = new AudioSource(folder.toString(), found.files, labels, classes.size(), mel, texts,
        letters == null ? 0 : letters.size(), Math.toIntExact(longest), speakers, null);
    long floats = mel == null ? found.samples : (found.samples / Math.max(1, found.longest / longest)) * mel.mels();
    if (4 * floats < Runtime.getRuntime().maxMemory() / MEMORY_SHARE) {
      all = all.inMemory(broken);
    }
    return parts(spec, folder, all, classes, facts(found, mel, letters, speakers, spec), broken);
  }

  private static Map<String, String> facts(Found found, MelSpectrogram mel, Vocabulary letters,
      List<String> speakers, DataSpec spec) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("rate", Integer.toString(found.rate));
    if (mel != null) {
      facts.put("mels", Integer.toString(mel.mels()));
      facts.put("window", Double.toString(spec.real("window", 0.025)));
      facts.put("hop", Double.toString(spec.real("hop", 0.01)));
    }
    if (letters != null) {
      facts.putAll(letters.facts());
    }
    if (!speakers.isEmpty()) {
      facts.put("speakers", String.join("\n", speakers));
    }
    return facts;
  }

  private static MelSpectrogram mel(DataSpec spec, int rate) {
    double window = spec.real("window", 0.025);
    double hop = spec.real("hop", 0.01);
    if (!(window * rate >= 2 && window <= 10) || !(hop * rate >= 1 && hop <= 10)) {
      throw new InputProblem("audio options window and hop are times in seconds", "Write window=0.025,hop=0.01.");
    }
    int mels = spec.count("mels", 64, 1);
    if (mels > window * rate) {
      throw spec.notUnderstood("mels", "A window of " + Math.round(window * rate) + " samples does not part into so"
          + " many bands: write fewer, or a longer window.");
    }
    return new MelSpectrogram(rate, mels, (int) Math.round(window * rate), (int) Math.round(hop * rate));
  }

  /** 0 is CTC's blank and ends a text, 1 is the space, then come the letters of all names. */
  private static Vocabulary letters(List<String> names) {
    TreeSet<Integer> used = new TreeSet<>(List.of(0, (int) ' '));
    names.forEach(name -> name.codePoints().forEach(used::add));
    return Vocabulary.ofCharacters(used.stream().map(Character::toString).collect(Collectors.joining()));
  }

  /** Second parts of the names, where every file has one; else none. */
  private static List<String> speakers(List<Path> files) {
    TreeSet<String> speakers = new TreeSet<>();
    for (Path file : files) {
      String speaker = AudioSource.speakerOf(file);
      if (speaker == null) {
        return List.of();
      }
      speakers.add(speaker);
    }
    return List.copyOf(speakers);
  }

  private static List<String> names(DataSpec spec, List<String> classes) {
    String names = spec.text("names", "");
    if (names.isEmpty()) {
      return classes;
    }
    List<String> given = List.of(names.split("\\+"));
    if (given.size() != classes.size() && !given.containsAll(classes)) {
      throw new InputProblem("audio option names gives " + given.size() + " names to " + classes.size() + " classes",
          "The classes are " + String.join(", ", classes) + ".");
    }
    return given;
  }

  /** Files that bear the given names already have the numbers of these; others are counted in alphabetical order. */
  private static int[] labels(Found found, List<String> names) {
    return !names.containsAll(found.classes) ? found.labels
        : IntStream.of(found.labels).map(label -> names.indexOf(found.classes.get(label))).toArray();
  }

  private static DataSet parts(DataSpec spec, Path folder, AudioSource all, List<String> classes,
      Map<String, String> facts, BrokenFiles broken) {
    StratifiedSplit split = split(spec, all);
    Selection train = new Selection(all, split.train());
    Selection test = new Selection(all, split.test());
    Selection validation = test;
    double share = spec.share("validation", 0);
    if (share > 0 && train.count() > 0) {
      StratifiedSplit second = StratifiedSplit.of(IntStream.of(split.train()).map(i -> all.labels()[i]).toArray(),
          share);
      validation = new Selection(train, second.test());
      train = new Selection(train, second.train());
    }
    // None to train is all right: recordings may be there only for a trained model to be tried on.
    if (test.count() == 0 || validation.count() == 0) {
      throw new InputProblem(folder + ": " + train.count() + " recordings to train, " + validation.count()
          + " to validate and " + test.count() + " to test", "Give more recordings, or other shares.");
    }
    String scaling = (all.mel() == null ? "samples from -1 to 1" : "logarithm of the power in mel bands")
        + broken.text();
    return new DataSet(folder.getFileName().toString(), train, validation, test, scaling,
        all.texts() == null ? classes : List.of(), facts);
  }

  private static StratifiedSplit split(DataSpec spec, AudioSource all) {
    String pattern = spec.text("heldout", "");
    if (pattern.isEmpty()) {
      return StratifiedSplit.of(all.labels(), spec.share("test", 0.2));
    }
    PathMatcher matcher = matcher(spec, pattern);
    boolean[] held = new boolean[all.count()];
    for (int i = 0; i < held.length; i++) {
      held[i] = matcher.matches(all.files().get(i).getFileName());
    }
    return new StratifiedSplit(IntStream.range(0, held.length).filter(i -> !held[i]).toArray(),
        IntStream.range(0, held.length).filter(i -> held[i]).toArray());
  }

  private static PathMatcher matcher(DataSpec spec, String pattern) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (PatternSyntaxException e) {
      throw spec.notUnderstood("heldout", "It is a pattern of file names, such as *_[0-4].wav: " + e.getDescription()
          + ".");
    }
  }

  private static Found find(Path folder, BrokenFiles broken) {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(folder, 2)) {
      walk.filter(f -> f.toString().toLowerCase(Locale.ROOT).endsWith(".wav")).sorted().forEach(files::add);
    } catch (IOException e) {
      throw new InputProblem(folder + ": cannot be read: " + e.getMessage(), "Check the folder and your rights to it.",
          e);
    }
    TreeSet<String> classes = new TreeSet<>();
    files.forEach(f -> classes.add(classOf(folder, f)));
    if (files.isEmpty()) {
      throw new InputProblem(folder + ": no WAV files in it or in its folders", "Was the right folder named?");
    }
    List<Path> whole = new ArrayList<>();
    int rate = 0;
    long longest = 1;
    long samples = 0;
    for (Path file : files) {
      try {
        Wave.Format format = Wave.format(file);
        if (rate != 0 && format.rate() != rate) {
          throw new IOException("it has " + format.rate() + " samples a second, those before " + rate);
        }
        if (format.samples() == 0) {
          throw new IOException("there is no sound in it");
        }
        rate = format.rate();
        longest = Math.max(longest, format.samples());
        samples += format.samples();
        whole.add(file);
      } catch (IOException e) {
        broken.told(file, e);
      }
    }
    if (whole.isEmpty()) {
      throw new InputProblem(folder + ": none of its " + files.size() + " WAV files can be read",
          "Were these recordings?");
    }
    List<String> names = List.copyOf(classes);
    return new Found(whole, whole.stream().mapToInt(f -> names.indexOf(classOf(folder, f))).toArray(), names, rate,
        longest, samples);
  }

  private static String classOf(Path folder, Path file) {
    return file.getParent().equals(folder) ? file.getFileName().toString().replaceFirst("(_.*)?\\.[^.]*$", "")
        : file.getParent().getFileName().toString();
  }
}
