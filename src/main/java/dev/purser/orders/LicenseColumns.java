package dev.purser.orders;

import dev.purser.kernel.LicenseSpec;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A license spec as the columns of its order. */
@Embeddable
class LicenseColumns {

    @Enumerated(EnumType.STRING)
    @Column(name = "license_user")
    LicenseSpec.User user;

    @Column(name = "run_limit")
    int runLimit;

    int ram;
    int cpu;
    int disk;
    boolean member;

    @Enumerated(EnumType.STRING)
    LicenseSpec.Uptime uptime;

    boolean boost;

    @Enumerated(EnumType.STRING)
    LicenseSpec.Period period;

    @Nullable
    Instant starts;

    @Nullable
    Instant ends;

    @Nullable
    String title;

    @Nullable
    String description;

    @SuppressWarnings("NullAway.Init")
    protected LicenseColumns() {}

    LicenseColumns(LicenseSpec spec) {
        user = spec.user();
        runLimit = spec.runLimit();
        ram = spec.ram();
        cpu = spec.cpu();
        disk = spec.disk();
        member = spec.member();
        uptime = spec.uptime();
        boost = spec.boost();
        period = spec.period();
        starts = spec.start();
        ends = spec.end();
        title = spec.title();
        description = spec.description();
    }

    LicenseSpec spec() {
        return new LicenseSpec(
                user, runLimit, ram, cpu, disk, member, uptime, boost, period, starts, ends, title, description);
    }
}
