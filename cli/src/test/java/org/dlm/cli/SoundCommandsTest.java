package org.dlm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.dlm.runtime.data.audio.Wave;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Letters out of a recording and a recording out of letters, with models that are trained here on two tones. */
class SoundCommandsTest {
  private static final String MODELS = """
      model Ear {
        net = [Linear(16), relu, Linear(5)]
        fn scores(audio: [N, T, 8], audio_length: i32[N]) -> [N, 5] {
          counts = float(iota([N, T], axis = 1) < unsqueeze(audio_length, 1))
          return net(sum(audio * unsqueeze(counts, 2), axes = 1) / unsqueeze(sum(counts, axes = 1), 1))
        }
        fn steps(audio: [N, T, 8], audio_length: i32[N]) -> [N, 1, 4] = unsqueeze(scores(audio, audio_length), 1)[:, :, 0:4]
        fn loss(audio: [N, T, 8], audio_length: i32[N], text: i32[N, S]) -> [] =
          scores(audio, audio_length) |> cross_entropy(text[:, 0])
        fn write(audio: [N, T, 8], audio_length: i32[N]) -> i32[N, 3] =
          pad(unsqueeze(argmax(scores(audio, audio_length)), 1), [0, 0], [0, 2])
      }

      model Mouth {
        letter = Embedding(5, 8)
        voice  = Embedding(2, 8)
        fn forward(text: i32[N, S], speaker: i32[N]) -> (frames: [N, 12, 8], ends: [N, 12]) {
          frame = letter(text[:, 0]) + voice(speaker)
          return repeated(frame), float(iota([N, 12], axis = 1) == 9) - 0.5
        }
        fn repeated(frame: [N, 8]) -> [N, 12, 8] = unsqueeze(frame, 1) + zeros([N, 12, 8])
        fn loss(text: i32[N, S], speaker: i32[N], audio: [N, T, 8]) -> [] {
          require T >= 4
          return mse(letter(text[:, 0]) + voice(speaker), audio[:, 3])
        }
      }
      """;

  @TempDir static Path folder;

  private static String model;
  private static String data;

  @BeforeAll
  static void train() throws IOException {
    model = Files.writeString(folder.resolve("models.dlm"), MODELS).toString();
    Path recordings = Files.createDirectories(folder.resolve("recordings"));
    for (int i = 0; i < 10; i++) {
      tone(recordings.resolve("a_ann_" + i + ".wav"), 400, 2000 + 40 * i);
      tone(recordings.resolve("o_bob_" + i + ".wav"), 1500, 2000 + 40 * i);
    }
    data = "audio:" + recordings + ",mels=8,target=letters,normalize=yes";
    for (String name : new String[] {"Ear", "Mouth"}) {
      Spoken trained = Spoken.dlm("train", model, "--model", name, "--data", data, "--steps", "60", "--batch", "8",
          "--optimizer", "Adam(lr=0.05)", "--out", out(name + ".safetensors"));
      assertThat(trained.code()).as(trained.err()).isZero();
    }
  }

  private static void tone(Path file, double pitch, int samples) {
    float[] wave = new float[samples];
    for (int i = 0; i < samples; i++) {
      wave[i] = (float) (0.5 * Math.sin(2 * Math.PI * pitch * i / 8000));
    }
    new Wave(8000, wave).write(file);
  }

  private static String out(String name) {
    return folder.resolve(name).toString();
  }

  private Spoken ear(String... more) {
    String[] all = new String[more.length + 6];
    System.arraycopy(new String[] {"predict", model, "--model", "Ear", "--weights", out("Ear.safetensors")}, 0, all, 0, 6);
    System.arraycopy(more, 0, all, 6, more.length);
    return Spoken.dlm(all);
  }

  private Spoken mouth(String... more) {
    String[] all = new String[more.length + 6];
    System.arraycopy(new String[] {"sample", model, "--model", "Mouth", "--weights", out("Mouth.safetensors")}, 0, all, 0, 6);
    System.arraycopy(more, 0, all, 6, more.length);
    return Spoken.dlm(all);
  }

  @Test
  void lettersOfARecording() {
    tone(folder.resolve("low.wav"), 400, 3000);
    tone(folder.resolve("high.wav"), 1500, 2500);
    Spoken said = ear("--input", out("low.wav"), "--input", out("high.wav"));
    assertThat(said.out()).as(said.err()).isEqualTo(out("low.wav") + ": a\n" + out("high.wav") + ": o\n");
  }

  @Test
  void testExamplesWithAPicture() throws IOException {
    Spoken said = ear("--data", data, "--count", "3", "--picture", out("ear.png"));
    assertThat(said.out()).as(said.err()).isEqualTo("0: a\n1: a\n2: o\n3 of 3 right\n");
    assertThat(ImageIO.read(folder.resolve("ear.png").toFile()).getWidth()).isGreaterThan(300);
    assertThat(ear("--data", data, "--picture", "ear.gif").err()).contains("pictures are written as PNG");
  }

  @Test
  void lettersOfEachStepAreSpelledByASearch() {
    Spoken said = ear("--data", data, "--count", "3", "--fn", "steps", "--beam", "4");
    assertThat(said.out()).as(said.err()).isEqualTo("0: a\n1: a\n2: o\n3 of 3 right\n");
    assertThat(ear("--data", data, "--fn", "scores", "--beam", "4").err())
        .contains("no score for each of 4 letters at each step");
    assertThat(ear("--data", data, "--beam", "0").code()).isEqualTo(2);
  }

  @Test
  void whatIsNotARecordingIsSaid() throws IOException {
    Files.writeString(folder.resolve("no.wav"), "no sound");
    assertThat(ear("--input", out("no.wav")).err()).contains("no.wav: cannot be read as a recording: not a WAV file");
    assertThat(ear().err()).contains("--input or by --data");
    assertThat(ear("--fn", "loss", "--input", out("no.wav")).err()).contains("which a recording does not fit");
    assertThat(ear("--fn", "heard", "--input", out("no.wav")).err()).contains("has no function `heard`");
  }

  @Test
  void recordingsOfLetters() throws IOException {
    Spoken said = mouth("--prompt", "a", "--prompt", "o", "--speaker", "all", "--wav", out("said"), "--picture",
        out("said.png"));
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out().lines()).hasSize(4).contains(folder.resolve("said/a_bob_0.wav") + ": 0.09 s");
    assertThat(folder.resolve("said.png")).isNotEmptyFile();
    assertThat(Wave.read(folder.resolve("said/o_bob_0.wav")).samples()).hasSize(720);
    Spoken heard = ear("--input", out("said/a_ann_0.wav"), "--input", out("said/o_bob_0.wav"));
    assertThat(heard.out()).as("what one model says the other one hears").contains("a_ann_0.wav: a\n")
        .contains("o_bob_0.wav: o\n");
  }

  @Test
  void whoOrWhatCannotBeSaid() {
    assertThat(mouth().err()).contains("--prompt TEXT says what is spoken");
    assertThat(mouth("--prompt", "a", "--speaker", "ben", "--wav", out("x")).err()).contains("there is no speaker `ben`")
        .contains("ann, bob");
    assertThat(mouth("--prompt", "z", "--wav", out("x")).err()).contains("the character `z` is not in the vocabulary");
  }
}
