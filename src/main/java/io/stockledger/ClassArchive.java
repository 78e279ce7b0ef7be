package io.stockledger;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/**
 * The archive of classes with which {@code scripts/stock} starts Java. Only Java itself knows
 * whether it accepts an archive, which belongs to one version of Java and one jar.
 */
final class ClassArchive {
  private ClassArchive() {}

  /**
   * Has the launcher make the archive in the background if this command ran without one. This takes
   * place after the command, so that the command does not wait.
   */
  static void makeIfMissing() {
    String launcher = System.getProperty("stock.launcher");
    if (launcher == null || isInUse()) {
      return;
    }
    ProcessBuilder maker =
        new ProcessBuilder(launcher)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD);
    maker.environment().put("STOCK_MAKE_CLASS_ARCHIVE", "yes");
    try {
      maker.start();
    } catch (IOException e) {
      // The next commands start as slowly as this one did, and are as right.
    }
  }

  /** HotSpot says "sharing" if it accepted the archive that it was told to use. */
  private static boolean isInUse() {
    return System.getProperty("stock.archive") != null
        && System.getProperty("java.vm.info", "").contains("sharing");
  }
}
