package dev.purser.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"x.csv", "X.CSV", "a.b.csv", "sub/x.csv"})
    void what_ends_in_csv_is_a_csv(String file) {
        assertThat(DropName.of(file).isCsv()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".x.csv",
                ".nfs0001",
                "x.csv.tmp",
                "x.csv.PART",
                "x.filepart",
                "x.csv.done",
                "x.csv~",
                "~$x.csv",
                "x.csv.swp"
            })
    void half_copies_hidden_files_and_marks_stay_where_they_are(String name) {
        assertThat(new DropName(name).isUnfinished()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.csv", "x.csv.gz", "a.txt", "noext", "tmp.xlsx", "~x.csv", "x.json", "done"})
    void all_others_are_meant_to_be_read(String name) {
        assertThat(new DropName(name).isUnfinished()).isFalse();
    }

    @Test
    void what_is_no_csv_keeps_its_whole_name_in_quarantine() {
        DropName packed = new DropName("x.csv.gz");

        assertThat(packed.base() + packed.ending()).isEqualTo("x.csv.gz");
        assertThat(new DropName("X.CSV").base() + new DropName("X.CSV").ending())
                .isEqualTo("X.csv");
    }
}
