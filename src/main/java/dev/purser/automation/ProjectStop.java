package dev.purser.automation;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stops a project. One that has stopped stays so, so it may be asked again when the answer was lost. */
record ProjectStop(UUID projectId) implements Deed {

    private static final String RIGHT =
            "Make the purchasing account a collaborator of the project; CoCalc says the same when there is no such project.";

    static @Nullable Deed read(Form form) {
        UUID projectId = form.required("project_id", form.uuid("project_id"), Form.UUID_HINT);
        return projectId == null ? null : new ProjectStop(projectId);
    }

    @Override
    public Tried perform(Bench bench) {
        return bench.cocalc()
                .stopProject(projectId)
                .fold(new Judgement<Boolean>(
                        bench.account(),
                        RIGHT,
                        stopped -> new Tried.Done(Bench.object().put("project_id", projectId.toString()))));
    }
}
