package io.meanfield.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdxSourceTest {
  @Test
  void imagesAndLabelsArePairedByTheirNames() {
    assertThat(
            IdxSource.ofFiles(
                List.of(
                    "/in/date=2026-01-02/labels",
                    "/in/date=2026-01-02/images",
                    "/in/date=2026-01-01/train-images-idx3-ubyte.gz",
                    "/in/date=2026-01-01/train-labels-idx1-ubyte.gz")))
        .isEqualTo(
            Map.of(
                "images",
                List.of(
                    "/in/date=2026-01-01/train-images-idx3-ubyte.gz", "/in/date=2026-01-02/images"),
                "labels",
                List.of(
                    "/in/date=2026-01-01/train-labels-idx1-ubyte.gz",
                    "/in/date=2026-01-02/labels")));
  }

  @Test
  void missingLabelFileIsRefused() {
    assertThatThrownBy(() -> IdxSource.ofFiles(List.of("/in/images", "/labels/in/readme")))
        .hasMessage(
            "expected one file with \"labels\" in its name for each file with \"images\" in its"
                + " name, because data.format is idx; found 1 with images and 0 with labels:"
                + " /in/images, /labels/in/readme");
  }
}
