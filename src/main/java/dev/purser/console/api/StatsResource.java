package dev.purser.console.api;

import dev.purser.console.Counting;
import dev.purser.console.Stats;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/stats")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Stats")
class StatsResource {

    private final Counting counting;

    StatsResource(Counting counting) {
        this.counting = counting;
    }

    @GET
    @Operation(summary = "Counts by state, what waits, and how long it will take")
    public Stats stats() {
        return counting.now();
    }
}
