package io.stockledger.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The Python script that does what {@code stock get-stock} does, with SQLAlchemy. Its libraries are
 * installed into a folder of the user's cache when it is first needed.
 */
final class PythonScript {
  private static final List<String> PYTHONS = List.of("python3.11", "python3");

  private final Path python;
  private final Path script;

  private PythonScript(Path python, Path script) {
    this.python = python;
    this.script = script;
  }

  /** Returns the script, or empty if Python or one of its libraries is not to be had. */
  static Optional<PythonScript> find(Path scripts) throws IOException, InterruptedException {
    Path folder = scripts.resolve("benchmark-start");
    String cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .orElse(System.getProperty("user.home") + "/.cache");
    Path environment = Path.of(cache, "stock", "benchmark-start");
    Path python = environment.resolve("bin").resolve("python");
    for (String name : PYTHONS) {
      boolean isThere =
          works(python.toString(), "-c", "import sqlalchemy, mysql.connector")
              || (works(name, "-m", "venv", environment.toString())
                  && works(
                      python.toString(),
                      "-m",
                      "pip",
                      "install",
                      "--quiet",
                      "--requirement",
                      folder.resolve("requirements.txt").toString()));
      if (isThere) {
        return Optional.of(new PythonScript(python, folder.resolve("get_stock.py")));
      }
    }
    return Optional.empty();
  }

  /** Returns the command that shows the stock of an item. */
  List<String> command(String url, long itemId) {
    return List.of(python.toString(), script.toString(), url, String.valueOf(itemId));
  }

  /** Returns the versions of Python and of what the script imports. */
  String versions() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                python.toString(),
                "-c",
                "import sys, importlib.metadata as m; print('Python', sys.version.split()[0],"
                    + " 'with SQLAlchemy', m.version('SQLAlchemy'), 'and mysql-connector-python',"
                    + " m.version('mysql-connector-python'))")
            .start();
    String versions = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    process.waitFor();
    return versions;
  }

  private static boolean works(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
