package io.meanfield.cli;

import io.meanfield.cli.command.MeanfieldCommand;
import io.meanfield.cli.command.Sessions;
import io.meanfield.cli.command.SettingsOptions;
import io.meanfield.cli.command.StopSignal;
import io.meanfield.error.Printable;
import io.meanfield.pipeline.run.ModelCatalog;
import io.meanfield.scorer.Scorer;
import io.meanfield.serve.ModelVersions;
import io.meanfield.serve.Server;
import io.meanfield.serve.ServerOptions;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description =
        "Score rows over HTTP, by the Open Inference Protocol and the paths of MLflow; follow the"
            + " champion of a registered model. Starts no Spark session.",
    footer = {
      "",
      "Example: scripts/submit serve --model churn@champion --port 8080",
      "         scripts/submit serve --model churn@3 --host 0.0.0.0"
    })
final class ServeCommand implements MeanfieldCommand {
  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description =
          "NAME@champion, which the server follows; another version such as NAME@3, the id of a"
              + " run, the path of a model.zip or the folder of a saved model.")
  private String model;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "The address to listen on; 0.0.0.0 for all of this machine. Default: 127.0.0.1, which no"
              + " other machine reaches.")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "The port; 0 for a free one. Default: 8080.")
  private int port;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Requests that are scored at the same time. Default: two for each core.")
  private int threads = 2 * Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--queue",
      paramLabel = "N",
      defaultValue = "64",
      description = "Requests that may wait for a thread; further ones get 503. Default: 64.")
  private int queue;

  @Option(
      names = "--max-body",
      paramLabel = "MIB",
      defaultValue = "4",
      description = "The largest body of a request, in MiB; a larger one gets 413. Default: 4.")
  private int maxBody;

  @Option(
      names = "--refresh",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "The time between two looks at the registry. Default: 10.")
  private int refresh;

  @Override
  public Integer call() {
    Scorer.loadLibrary(); // while the model is read
    ServerOptions bounds =
        new ServerOptions(host, port, threads, queue, maxBody, Duration.ofSeconds(refresh));
    ModelVersions versions =
        new ModelVersions(
            ModelCatalog.of(Sessions.hadoop(), options.given()),
            model,
            version -> options.settings(version, List.of()).targets());
    StopSignal signal = StopSignal.install();
    try (Server server = Server.start(versions, bounds, this::print)) {
      print("serving  %s at %s".formatted(server.served(), server.uri()));
      signal.await();
      print("stopping, after the requests that have begun");
      print(server.drain() ? "done     stopped" : "note     stopped before all requests had ended");
    }
    return 0;
  }

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    Printable.println(out, line);
    out.flush();
  }

  @Override
  public SettingsOptions options() {
    return options;
  }
}
