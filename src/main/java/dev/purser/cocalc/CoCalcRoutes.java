package dev.purser.cocalc;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;

/** The one route to CoCalc. It sends once: no redelivery, no retry of the HTTP client, no redirect. */
@ApplicationScoped
class CoCalcRoutes extends RouteBuilder {

    static final String CALL = "direct:cocalc.call";

    private static final int CONNECT_MILLIS = 2_000;
    private static final int LEASE_MILLIS = 1_000;
    private static final int CONNECTIONS = 64;

    private final Address address;
    private final CoCalcConfig config;
    private final Wire wire;

    @Inject
    CoCalcRoutes(CoCalcConfig config, Keys keys) {
        this.address = Address.of(config, keys);
        this.config = config;
        this.wire = new Wire(keys, config.timeout());
    }

    @Override
    public void configure() {
        getContext().addComponent("cocalc", client());

        from(CALL)
                .routeId("cocalc.call")
                .errorHandler(noErrorHandler())
                .removeHeaders("*")
                .setHeader(Exchange.HTTP_METHOD, constant("POST"))
                .setHeader("Accept", constant("application/json"))
                .setHeader(Exchange.HTTP_PATH)
                .body(Call.class, call -> call.endpoint().path())
                .to("cocalc:" + address + "?throwExceptionOnFailure=false")
                .setBody()
                .message(CoCalcRoutes::reply);
    }

    /** An HTTP component of its own: what others do with Camel's {@code http} cannot change how money is spent. */
    private HttpComponent client() {
        HttpComponent http = new HttpComponent();
        http.setAutomaticRetriesDisabled(true);
        http.setFollowRedirects(false);
        http.setRedirectHandlingDisabled(true);
        http.setCookieManagementDisabled(true);
        http.setAuthCachingDisabled(true);
        http.setContentCompressionDisabled(true);
        http.setCopyHeaders(false);
        http.setUserAgent("purser");
        http.setConnectTimeout(CONNECT_MILLIS);
        http.setConnectionRequestTimeout(LEASE_MILLIS);
        http.setSoTimeout(config.timeout().toMillis());
        http.setResponseTimeout(config.timeout().toMillis());
        http.setMaxTotalConnections(CONNECTIONS);
        http.setConnectionsPerRoute(CONNECTIONS);
        http.setHttpClientConfigurer(wire::configure);
        return http;
    }

    @PreDestroy
    void hangUp() {
        wire.close();
    }

    private static Reply reply(Message message) {
        byte[] body = message.getBody(byte[].class);
        return new Reply(
                message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class),
                message.getHeader(Exchange.CONTENT_TYPE, String.class),
                message.getHeader("Date", String.class),
                body == null ? new byte[0] : body);
    }
}
