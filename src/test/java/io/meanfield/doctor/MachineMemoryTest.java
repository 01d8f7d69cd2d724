package io.meanfield.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineMemoryTest {
  @TempDir private Path root;

  private void write(String file, String content) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  private MachineMemory memory() {
    return new MachineMemory(root);
  }

  @Test
  void memoryOfTheHostIsMemTotal() throws IOException {
    write("proc/meminfo", "MemTotal:       16384 kB\nMemFree:        1024 kB\n");
    assertThat(memory().host()).hasValue(16384L * 1024);
  }

  @Test
  void smallestLimitOfAllUpperGroupsHolds() throws IOException {
    write("proc/self/cgroup", "0::/pods/one\n");
    write("sys/fs/cgroup/pods/memory.max", "1000\n");
    write("sys/fs/cgroup/pods/one/memory.max", "max\n");
    assertThat(memory().container()).hasValue(1000);
  }

  @Test
  void limitOfAGroupThatIsMountedAsTheRootIsFound() throws IOException {
    write("proc/self/cgroup", "0::/../one\n");
    write("sys/fs/cgroup/memory.max", "2000\n");
    assertThat(memory().container()).hasValue(2000);
    write("proc/self/cgroup", "5:cpu:/x\n4:hugetlb,memory:/docker/1\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "3000\n");
    assertThat(memory().container()).hasValue(3000);
  }

  @Test
  void machineWithoutLimitsHasNone() throws IOException {
    write("proc/self/cgroup", "4:memory:/\n0::/\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    write("sys/fs/cgroup/memory.max", "max\n");
    assertThat(memory().container()).isEmpty();
    assertThat(memory().host()).isEmpty();
  }
}
