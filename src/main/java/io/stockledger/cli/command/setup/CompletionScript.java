package io.stockledger.cli.command.setup;

import picocli.AutoComplete;
import picocli.CommandLine;

/** The script that completes the words of the command line in bash and zsh. */
public final class CompletionScript {
  /** The end of picocli's script, which names its function as the one that completes. */
  private static final String REGISTRATION = "complete -F _complete_stock -o default stock ";

  /**
   * The profiles are in files that another user, or another day, has other ones of, so they are
   * looked up when TAB is pressed, and not when the script is written. By sed, because a start of
   * Java would take longer than a person waits for a TAB.
   */
  private static final String PROFILES =
      """
      # Lists the profiles of the configuration files.
      function _stock_profiles() {
        sed -n 's/^[[:space:]]*\\([A-Za-z0-9_-]\\{1,64\\}\\)[.][a-z_]\\{1,\\}[[:space:]]*=.*/\\1/p' \\
          .stock.properties "${XDG_CONFIG_HOME:-$HOME/.config}/stock/config.properties" 2>/dev/null |
          sort -u
      }

      # Completes the profile behind --profile, and all else by the function above.
      function _complete_stock_or_profile() {
        local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
        [[ ${before} == "=" ]] && before=${COMP_WORDS[COMP_CWORD-2]}
        [[ ${current} == "=" ]] && before=${COMP_WORDS[COMP_CWORD-1]} && current=
        if [[ ${before} == "--profile" ]]; then
          local IFS=$'\\n'
          COMPREPLY=( $(compgen -W "$(_stock_profiles)" -- "${current}") )
        else
          _complete_stock
        fi
      }

      """;

  private CompletionScript() {}

  /**
   * Returns the script.
   *
   * @param root the root command with all others
   */
  public static String of(CommandLine root) {
    String script = AutoComplete.bash("stock", root);
    if (!script.contains(REGISTRATION)) {
      throw new IllegalStateException("picocli writes another script.");
    }
    return script.replace(
            REGISTRATION, PROFILES + REGISTRATION.replace("_stock ", "_stock_or_profile "))
        + "\n";
  }
}
