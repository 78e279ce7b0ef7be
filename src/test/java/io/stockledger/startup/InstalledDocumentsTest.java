package io.stockledger.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The documents as they are installed. */
class InstalledDocumentsTest {
  @Test
  void theManualSpeaksOfTheInstalledCommand() throws IOException {
    String manual = InstalledDocuments.installed(Files.readString(Path.of("docs/manual.md")));
    assertThat(manual)
        .contains("\n$ stock get-stock --item-id 101 --date 2025-09-19\n")
        .contains("\n`stock COMMAND [OPTIONS]` runs the installed command.")
        .doesNotContain("scripts/stock")
        .doesNotContain("in the checkout -->")
        .doesNotContain("Build once");
  }

  @Test
  void anythingElseStays() {
    assertThat(InstalledDocuments.installed("scripts/query \"SELECT $1\"\nscripts/playground\n"))
        .isEqualTo("scripts/query \"SELECT $1\"\nscripts/playground\n");
  }
}
