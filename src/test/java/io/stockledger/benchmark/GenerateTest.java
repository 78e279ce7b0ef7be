package io.stockledger.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code scripts/generate}: its two files and its exit statuses. */
final class GenerateTest {
  @TempDir private Path folder;

  private record Result(int status, String out, String err) {}

  @Test
  void theSameSeedMakesTheSameBytes() {
    String options = "--items 20 --moves 500 --days 9 --late 10 --seed 42";
    Result first = run(options);
    assertThat(first.status()).isZero();
    assertThat(run(options)).isEqualTo(first);
    assertThat(run(options.replace("42", "43")).out()).isNotEqualTo(first.out());
  }

  @Test
  void theFileIsWhatImportReads() {
    Result result = run("--items 2 --moves 4 --days 2 --from 2025-09-19 --seed 3");
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .isEqualTo(
            """
            item_id,date,quantity,request_id
            1002,2025-09-19,500,generated-3-1
            1002,2025-09-19,-1,generated-3-2
            1001,2025-09-20,500,generated-3-3
            1001,2025-09-20,-2,generated-3-4
            """);
  }

  @Test
  void filesAreWrittenInPlaceOfStdout() throws IOException {
    Path moves = folder.resolve("moves.csv");
    Path items = folder.resolve("items.csv");
    String options = "--items 3 --moves 5";
    Result result = run(options + " --out " + moves + " --items-file " + items);
    assertThat(result).isEqualTo(new Result(0, "", ""));
    assertThat(moves).content().isEqualTo(run(options).out());
    assertThat(Files.readAllLines(items))
        .isEqualTo(
            List.of(
                "item_id,item_code,name",
                "1001,ITEM-1001,Item 1001",
                "1002,ITEM-1002,Item 1002",
                "1003,ITEM-1003,Item 1003"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--items 0",
        "--items x",
        "--moves -1",
        "--days 0",
        "--skew -1",
        "--skew NaN",
        "--late 101",
        "--from yesterday",
        "--from 9999-12-31 --days 2",
        "more"
      })
  void wrongOptionsAreRefused(String options) {
    Result result = run(options);
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isNotBlank();
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() {
    Path file = folder.resolve("missing").resolve("moves.csv");
    Result result = run("--out " + file);
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).isEqualTo("generate: can't write: " + file + "\n");
  }

  @Test
  void aReaderThatIsGoneEndsTheCommand() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    StringWriter err = new StringWriter();
    int status = Generate.execute(closed, new PrintWriter(err), "--moves", "100000");
    assertThat(status).isEqualTo(1);
    assertThat(err.toString()).isEqualTo("generate: can't write: Broken pipe\n");
  }

  private static Result run(String options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    int status = Generate.execute(out, new PrintWriter(err), options.split(" "));
    return new Result(status, out.toString(StandardCharsets.UTF_8), err.toString());
  }
}
