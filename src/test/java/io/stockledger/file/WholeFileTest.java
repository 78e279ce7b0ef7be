package io.stockledger.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file is written whole or not at all, wherever its path leads. */
@Timeout(60)
final class WholeFileTest {
  @TempDir private Path folder;

  @Test
  void nothingIsThereBeforeAllIsWritten() throws IOException {
    Path path = folder.resolve("new");
    try (WholeFile file = WholeFile.begin(path)) {
      file.write("one\n");
      file.write("two\n");
      assertThat(path).doesNotExist();
      file.finish();
    }
    assertThat(path).hasContent("one\ntwo");
    assertThat(names()).containsExactly("new");
  }

  @Test
  void anExistingFileIsAsItWasUnlessTheNewOneIsFinished() throws IOException {
    Path path = Files.writeString(folder.resolve("old"), "old");
    try (WholeFile file = WholeFile.begin(path)) {
      file.write("new");
    }
    assertThat(path).hasContent("old");
    assertThat(names()).containsExactly("old");
    WholeFile.requireWritable(path);
    assertThat(path).hasContent("old");
    WholeFile.write(path, "new");
    assertThat(path).hasContent("new");
    assertThat(names()).containsExactly("old");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "rw-rw-rw-", "rwxr-x---", "-w-------"})
  void theFileKeepsItsPermissions(String permissions) throws IOException {
    Path path = Files.writeString(folder.resolve("old"), "old");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    WholeFile.write(path, "new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo(permissions);
  }

  @Test
  void aNewFileHasThePermissionsOfAnyNewFile() throws IOException {
    Path other = Files.createFile(folder.resolve("other"));
    WholeFile.write(folder.resolve("new"), "new");
    assertThat(Files.getPosixFilePermissions(folder.resolve("new")))
        .isEqualTo(Files.getPosixFilePermissions(other));
  }

  @Test
  void aLinkStaysAndItsFileIsReplaced() throws IOException {
    Path below = Files.createDirectory(folder.resolve("below"));
    Path target = Files.writeString(below.resolve("target"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("below", "target"));
    Path linkToLink = Files.createSymbolicLink(below.resolve("again"), link);
    WholeFile.write(linkToLink, "new");
    assertThat(target).hasContent("new");
    assertThat(link).isSymbolicLink();
    assertThat(linkToLink).isSymbolicLink();
    Files.delete(target);
    WholeFile.write(link, "newer");
    assertThat(target).hasContent("newer");
  }

  @Test
  void linksInACircleAreAnError() throws IOException {
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, link);
    assertThatThrownBy(() -> WholeFile.begin(link)).isInstanceOf(IOException.class);
  }

  @Test
  void aDeviceIsWrittenTo() throws IOException {
    WholeFile.requireWritable(Path.of("/dev/null"));
    WholeFile.write(Path.of("/dev/null"), "gone");
    assertThat(Path.of("/dev/null")).exists();
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    assertThatThrownBy(() -> WholeFile.write(Path.of("/dev/full"), "text"))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");
  }

  @Test
  void aPipeIsWrittenTo() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    // Must not open the pipe, for which no reader is there.
    WholeFile.requireWritable(pipe);
    CompletableFuture<String> reader =
        CompletableFuture.supplyAsync(
            () -> {
              try (InputStream in = Files.newInputStream(pipe)) {
                return new String(in.readAllBytes(), UTF_8);
              } catch (IOException e) {
                return e.toString();
              }
            });
    WholeFile.write(pipe, "text");
    assertThat(reader.get()).isEqualTo("text");
    assertThat(names()).containsExactly("pipe");
  }

  @Test
  void whatCanNotBeWrittenIsAnErrorBefore() throws IOException {
    for (Path path :
        List.of(folder, folder.resolve("none").resolve("file"), Path.of("/proc/version/x"))) {
      assertThatThrownBy(() -> WholeFile.requireWritable(path)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> WholeFile.begin(path)).isInstanceOf(IOException.class);
    }
  }

  /** Linux's /proc has files that can be written and makes no new ones. */
  @Test
  void aFolderInWhichNoFileCanBeMadeIsNamed() {
    assertThatThrownBy(() -> WholeFile.begin(Path.of("/proc/self/comm")))
        .isInstanceOf(NotBesideException.class)
        .extracting(error -> ((NotBesideException) error).folder())
        .isEqualTo("/proc/self");
  }

  /** Otherwise a file that can't get its name would stay. */
  @Test
  void aNameThatNoFileCanHaveIsAnErrorBefore() throws IOException {
    Path file = folder.resolve("x".repeat(300));
    assertThatThrownBy(() -> WholeFile.begin(file)).hasMessageContaining("File name too long");
    assertThatThrownBy(() -> WholeFile.write(file, "text")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> WholeFile.requireWritable(file)).isInstanceOf(IOException.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileThatCanNotTakeItsPlaceIsKeptAndNamed() throws IOException {
    Path path = folder.resolve("place");
    try (WholeFile file = WholeFile.begin(path)) {
      file.write("text");
      Files.createDirectory(path);
      assertThatThrownBy(file::finish)
          .isInstanceOf(NotReplacedException.class)
          .satisfies(
              error ->
                  assertThat(Path.of(((NotReplacedException) error).newFile())).hasContent("text"));
    }
    assertThat(names()).hasSize(2);
  }

  @Test
  void aHalfLineIsCutOff() throws IOException {
    Path path = folder.resolve("lines");
    for (String[] text :
        new String[][] {
          {"one\ntwo\nthr", "one\ntwo\n"}, {"one\n", "one\n"}, {"one", ""}, {"", ""}
        }) {
      Files.writeString(path, text[0]);
      WholeFile.endAtWholeLine(path);
      assertThat(Files.readString(path)).isEqualTo(text[1]);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
