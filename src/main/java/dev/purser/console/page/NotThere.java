package dev.purser.console.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The page for an address that leads to nothing. */
public final class NotThere {

    private NotThere() {}

    @CheckedTemplate(basePath = "console")
    static final class Templates {
        static native TemplateInstance nothing(String what);
    }

    /** @param what a sentence */
    public static Response response(String what) {
        return Response.status(Response.Status.NOT_FOUND)
                .type(MediaType.TEXT_HTML_TYPE)
                .entity(Templates.nothing(what))
                .build();
    }
}
