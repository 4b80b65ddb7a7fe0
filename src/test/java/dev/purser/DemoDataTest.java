package dev.purser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDataTest {

    @TempDir
    Path directory;

    @Test
    void a_second_demo_on_the_same_directory_is_told_about_the_first() {
        assertThat(new DemoData(directory).take()).isEmpty();
        System.gc();
        assertThat(new DemoData(directory).take())
                .hasValueSatisfying(why -> assertThat(why).contains("Another demo is running on " + directory));
    }
}
