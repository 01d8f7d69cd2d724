package io.meanfield.fuzz;

import io.meanfield.reinforce.TestPlays;
import io.meanfield.store.Lease;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * The newest of two files with replay memories of a run of {@code play} that resumes, with the
 * checksum at its end.
 */
final class ReplayTarget implements Target {
  private final Lease lease;
  private final Path file;
  private final List<byte[]> seeds;

  ReplayTarget(Path folder) {
    this.lease =
        Lease.take(
            new Runs(new Configuration(), folder.toString())
                .claim(new RunId("run"), Manifest.of(Map.of())));
    TestPlays.write(lease.run(), 2);
    List<Path> files =
        IntStream.of(2, 1)
            .mapToObj(epoch -> folder.resolve("run/replay/epoch-00000" + epoch + ".state"))
            .toList();
    this.file = files.get(0);
    this.seeds = files.stream().map(Fixtures::read).toList();
  }

  @Override
  public Sample sample() {
    return new Sample(file, seeds);
  }

  @Override
  public Map<Path, byte[]> files(byte[] content) {
    return Map.of(file, OwnChecksum.atTheEnd(content));
  }

  @Override
  public void read() {
    TestPlays.problem(TestPlays.resume(lease.run()).orElseThrow())
        .ifPresent(
            problem -> {
              throw new WrongContent(problem);
            });
  }

  // An epoch whose file is damaged is played again. The lease beats.
  @Override
  public boolean mayChange(Path changed) {
    return changed.endsWith("epochs/000002.json")
        || changed.toString().endsWith(".unused")
        || changed.endsWith("checkpoints/epoch-000002.state")
        || changed.getParent().endsWith("lease");
  }

  @Override
  public void close() {
    lease.close();
  }
}
