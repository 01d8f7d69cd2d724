package io.meanfield.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeSymbolsTest {
  private static final List<String> MAP =
      List.of(
          "00400000-00401000 r-xp 00000000 fe:00 137                        /usr/bin/java",
          "7fc270b60000-7fc270b61000 r-xp 0000e000 fe:00 1388               /opt/two"
              + " words/libblas.so.3",
          "7fc270b61000-7fc270b62000 rw-p 00000000 00:00 0 ",
          "7fc270b64000-7fc270b65000 rw-p 00000000 00:00 0",
          "7fc270b62000-7fc270b63000 rw-p 00000000 00:00 0                  [heap]",
          "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0          [vsyscall]");

  @ParameterizedTest
  @CsvSource({
    "400000, /usr/bin/java",
    "400fff, /usr/bin/java",
    "401000, ",
    "7fc270b60010, /opt/two words/libblas.so.3",
    "7fc270b61000, ",
    "7fc270b62000, ",
    "7fc270b64000, ",
    "ffffffffff600001, "
  })
  void addressIsInTheFileThatIsMappedThere(String address, String file) {
    assertThat(NativeSymbols.file(MAP, Long.parseUnsignedLong(address, 16)).orElse(null))
        .isEqualTo(file);
  }
}
