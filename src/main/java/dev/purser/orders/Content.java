package dev.purser.orders;

import dev.purser.kernel.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the partner asked for in this attempt, and how it came. @param hash two submissions with the same one are the same order */
@Embeddable
record Content(
        @Column(name = "account_id") UUID accountId,
        @Column(name = "project_id") @Nullable UUID projectId,
        @Nullable String campaign,
        @Column(name = "max_cost") @Nullable Money maxCost,
        @Embedded LicenseColumns license,
        @Column(name = "content_hash") String hash,
        String source,
        @Column(name = "import_id") @Nullable Long importId) {

    static Content of(Submission submission, String hash) {
        return new Content(
                submission.accountId(),
                submission.projectId(),
                submission.campaign(),
                submission.maxCost(),
                new LicenseColumns(submission.license()),
                hash,
                submission.source(),
                submission.importId());
    }
}
