package dev.purser.automation;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.automation.Judgement.Repeat;
import dev.purser.cocalc.CoCalc.Compiled;
import dev.purser.cocalc.CoCalc.LatexJob;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a PDF of a LaTeX file. With CoCalc's own build command it may be asked again: the same file is written once more and
 * becomes the same PDF. A command of the sender's own may do anything, so it runs once.
 */
record LatexCompile(LatexJob job) implements Deed {

    /** CoCalc takes bodies of 1 MB. */
    private static final int LARGEST_CONTENT = 900_000;

    private static final int LONGEST_PATH = 1_024;
    private static final int LONGEST_COMMAND = 4_096;
    private static final int LONGEST_RUN = 600;
    private static final int USUAL_RUN = 30;
    private static final int LONGEST_LOG = 32_000;

    /** CoCalc puts the file's name into a shell's command line as it is. */
    private static final Pattern SHELL = Pattern.compile("[\\s\\p{Cntrl};&|<>(){}\\[\\]$`'\"\\\\*?!#~^]");

    private static final String PATH = "the path of a .tex file such as certificates/ada.tex";
    private static final String RIGHT =
            "Make the purchasing account a collaborator of the project; CoCalc says the same when there is no such project.";

    static @Nullable Deed read(Form form) {
        String content = content(form);
        String path = path(form, content);
        UUID projectId = form.uuid("project_id");
        String command = form.text("command", LONGEST_COMMAND);
        Integer timeout = form.whole("timeout", 1, LONGEST_RUN);
        Duration limit = Duration.ofSeconds(timeout == null ? USUAL_RUN : timeout);
        return path == null ? null : new LatexCompile(new LatexJob(path, content, projectId, command, limit));
    }

    private static @Nullable String content(Form form) {
        String content = form.text("content", LARGEST_CONTENT);
        if (content != null && JsonStringEncoder.getInstance().quoteAsUTF8(content).length > LARGEST_CONTENT) {
            form.wrong("content", "must have at most " + LARGEST_CONTENT + " bytes as JSON");
            return null;
        }
        return content;
    }

    private static @Nullable String path(Form form, @Nullable String content) {
        String path = form.text("path", LONGEST_PATH);
        if (path == null) {
            if (form.node("path") == null && content != null) {
                return "/tmp/purser-" + UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8)) + ".tex";
            }
            return form.node("content") == null ? form.required("path", null, PATH + ", or content") : null;
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (!name.endsWith(".tex")
                || name.startsWith("-")
                || SHELL.matcher(path).find()) {
            form.wrong("path", "must be " + PATH + ", without blanks and without what a shell understands");
            return null;
        }
        return path;
    }

    @Override
    public Tried perform(Bench bench) {
        Repeat repeat = job.command() == null ? Repeat.CHANGES_NOTHING_WHILE_A_PROJECT_STARTS : Repeat.DOES_IT_AGAIN;
        return bench.cocalc().latex(job).fold(new Judgement<Compiled>(bench.account(), RIGHT, repeat, this::told));
    }

    /** A PDF may be there although the compile failed: the one of an earlier run. So the exit code counts as well. */
    private Tried told(Compiled compiled) {
        Integer exitCode = compiled.exitCode();
        ObjectNode result = Bench.object()
                .put("path", job.path())
                .put("exit_code", exitCode)
                .put("url", compiled.url());
        if (compiled.url() != null && (exitCode == null || exitCode == 0)) {
            return new Tried.Done(result);
        }
        String log = compiled.log();
        result.put("log", log.length() > LONGEST_LOG ? log.substring(log.length() - LONGEST_LOG) : log);
        String ended = exitCode == null ? "The compile left no PDF" : "The compile ended with exit code " + exitCode;
        String pdf = compiled.url() == null
                ? ", and CoCalc found no PDF"
                : ", and the PDF at url may be that of an earlier run or lack pages";
        return new Tried.Failed(
                "latex_failed",
                ended + pdf + ". Read log, correct the document (or raise timeout, "
                        + job.limit().toSeconds() + " s now) and send it under a new id.",
                result);
    }
}
