package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ARemoteDropIT {

    private final Parts parts = Parts.running();
    private final SandboxLedger ledger = parts.ledger();
    private final String customer = ledger.newCustomer();
    private final String run = UUID.randomUUID().toString();

    private String id(String name) {
        return "sftp-" + name + "-" + run;
    }

    private String file(String name) {
        return ADropFolder.HEADER + ADropFolder.row(id(name), customer);
    }

    @Test
    void two_instances_take_each_file_of_an_sftp_server_once_and_the_answers_come_back_there() throws IOException {
        try (AnSftpServer sftp = AnSftpServer.start();
                PurserProcess first = PurserProcess.of(parts, "remote-drop")
                        .with("PURSER_ACCOUNTS_MAIN_API_KEY", ledger.newBuyer())
                        .with("PURSER_DROP_URI", sftp.uri())
                        .with("PURSER_FAILPOINT", "rows.before:1");
                PurserProcess second = first.sibling("remote-drop-2").without("PURSER_FAILPOINT")) {
            ADropFolder drop = sftp.drop();
            drop.drop("killed.csv", file("killed"));
            sftp.mark("killed.csv");
            first.launch().awaitHalt();
            first.without("PURSER_FAILPOINT").launch();
            second.launch();
            for (int i = 0; i < 4; i++) {
                drop.drop("many-" + i + ".csv", file("many-" + i));
            }
            drop.drop("odd name*[1]?.csv", file("odd"));
            drop.drop("nothing.csv", "a,b\n1,2\n");
            drop.drop("odd*.xlsx", "PK");
            sftp.mark("odd*.xlsx");
            sftp.upload("slow.csv", file("slow"), Duration.ofSeconds(2));
            first.awaitReady();
            second.awaitReady();

            JsonNode killed = drop.awaitSummary("killed");
            JsonNode slow = drop.awaitSummary("slow");
            JsonNode odd = drop.awaitSummary("odd name_[1]_");
            for (int i = 0; i < 4; i++) {
                assertThat(drop.awaitSummary("many-" + i)
                                .at("/outcomes/provisioned")
                                .asInt())
                        .isEqualTo(1);
            }

            for (JsonNode summary : new JsonNode[] {killed, slow, odd}) {
                assertThat(summary.at("/outcomes/provisioned").asInt())
                        .as("%s", summary)
                        .isEqualTo(1);
            }
            assertThat(drop.awaitResult("killed.results.csv")).contains(id("killed"), ",provisioned,");
            assertThat(drop.awaitFile("quarantine", "nothing.csv.reason.txt")).contains("Line 1 is no header");
            assertThat(drop.awaitFile("quarantine", "odd_.xlsx.reason.txt")).contains("does not end in .csv");
            Awaitility.await().until(() -> sftp.names("claimed").isEmpty());
            assertThat(sftp.names("inbox")).isEmpty();
            assertThat(sftp.names("archive")).hasSize(8).contains("killed.csv", "killed.csv.done", "slow.csv");
            assertThat(sftp.names("results")).hasSize(21).noneMatch(name -> name.endsWith(".draft"));
            assertThat(first.ask(
                            "select count(*) || ' of ' || sum(row_count) from import where state <> 'QUARANTINED'"))
                    .isEqualTo("7 of 7");
            assertThat(first.ask("select count(*) from orders")).isEqualTo("7");
        }
    }
}
