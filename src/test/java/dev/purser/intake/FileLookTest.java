package dev.purser.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLookTest {

    @TempDir
    Path folder;

    private FileLook look(byte[] bytes) throws IOException {
        return FileLook.at(Files.write(folder.resolve("x.csv"), bytes));
    }

    private FileLook look(String text, Charset charset) throws IOException {
        return look(text.getBytes(charset));
    }

    @Test
    void utf8_is_fine_and_has_its_hash() throws IOException {
        FileLook look = look("a,ä,\uD83D\uDE00\n", StandardCharsets.UTF_8);

        assertThat(look.flaw()).isNull();
        assertThat(look.bytes()).isEqualTo(10);
        assertThat(look.sha256())
                .hasSize(64)
                .isNotEqualTo(look("b", StandardCharsets.UTF_8).sha256());
    }

    @Test
    void utf16_is_named_with_and_without_its_mark() throws IOException {
        assertThat(look("order_id,ram\n", StandardCharsets.UTF_16).flaw()).contains("UTF-16");
        assertThat(look("order_id,ram\n", StandardCharsets.UTF_16LE).flaw()).contains("UTF-16");
        assertThat(look("\uFEFForder_id,ram\n", Charset.forName("UTF-32LE")).flaw())
                .contains("UTF-32");
    }

    @Test
    void latin1_is_named_with_the_line_and_the_byte() throws IOException {
        FileLook look = look("order_id\nfäll\n", StandardCharsets.ISO_8859_1);

        assertThat(look.flaw())
                .contains("Latin-1")
                .contains("line 2")
                .contains("byte 11 ")
                .contains("0xE4");
    }

    @Test
    void a_wrong_byte_far_down_is_found_before_any_row_is_believed() throws IOException {
        byte[] bytes = "12345678\n".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        bytes[800_000] = (byte) 0xFF;

        assertThat(look(bytes).flaw()).contains("line 88889");
    }

    @Test
    void a_character_cut_in_half_by_the_end_or_by_a_block_is_told_apart() throws IOException {
        String text = "x".repeat(64 * 1024 - 1);

        assertThat(look(text + "ä", StandardCharsets.UTF_8).flaw()).isNull();
        byte[] cut = (text + "ä").getBytes(StandardCharsets.UTF_8);
        assertThat(look(java.util.Arrays.copyOf(cut, cut.length - 1)).flaw()).contains("not UTF-8");
    }

    @Test
    void an_empty_file_a_workbook_and_a_packed_file_are_named() throws IOException {
        assertThat(look(new byte[0]).flaw()).contains("empty");
        assertThat(look(new byte[] {'P', 'K', 3, 4, 0, 0}).flaw()).contains("workbook");
        assertThat(look(new byte[] {0x1F, (byte) 0x8B, 8, 0}).flaw()).contains("unpack");
    }
}
