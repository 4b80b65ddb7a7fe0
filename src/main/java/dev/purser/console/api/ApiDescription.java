package dev.purser.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.purser.console.Stats;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Completes the OpenAPI document: what every call can answer, which fields are always there, which may be null. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class ApiDescription implements OASFilter {

    private static final List<Class<? extends Record>> ANSWERS = List.of(
            OrderJson.class,
            OrderJson.License.class,
            OrderJson.Event.class,
            OrdersResource.OrderList.class,
            SubmittedJson.class,
            SubmittedJson.Item.class,
            SubmittedJson.Wrong.class,
            SubmittedJson.Totals.class,
            DeadLetterJson.class,
            DeadLetterJson.Whole.class,
            DeadLetterJson.Content.class,
            DeadLetterJson.Header.class,
            DeadLettersResource.DeadLetterList.class,
            RedriveResource.Redrive.class,
            RedriveResource.Item.class,
            Stats.class,
            AccountJson.class,
            AccountJson.Budget.class,
            AccountJson.Use.class,
            AccountJson.Window.class,
            AccountJson.Lease.class,
            AccountsResource.AccountList.class,
            PauseResource.PauseJson.class,
            CommandJson.class,
            CommandJson.Trouble.class,
            CommandsResource.CommandList.class,
            QuotesJson.class,
            QuotesJson.Item.class,
            QuotesJson.Hold.class,
            QuotesJson.Wrong.class,
            QuotesJson.Totals.class,
            ImportJson.class,
            ImportsResource.ImportList.class,
            ReconciliationJson.class,
            ReconciliationJson.Sum.class,
            ReconciliationsResource.ReconciliationList.class,
            DiscrepancyJson.class,
            DiscrepancyJson.Aged.class,
            DiscrepanciesResource.DiscrepancyList.class,
            MonthJson.class,
            MonthJson.Verified.class,
            MonthsResource.MonthList.class,
            RenewalsResource.RenewalJson.class,
            RenewalsResource.RenewalList.class);

    private static final SortedMap<String, String> ALWAYS_POSSIBLE = new TreeMap<>(Map.of(
            "401", "No token, or not one that is known",
            "403", "The token's role does not allow it",
            "500", "Purser failed; its log says why"));

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Map<String, Schema> schemas = api.getComponents().getSchemas();
        ANSWERS.forEach(answer -> complete(answer, schemas));
    }

    @Override
    public Operation filterOperation(Operation operation) {
        ALWAYS_POSSIBLE.forEach((status, why) -> operation.getResponses().addAPIResponse(status, problem(why)));
        return operation;
    }

    private static APIResponse problem(String why) {
        return OASFactory.createAPIResponse()
                .description(why)
                .content(OASFactory.createContent()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("Problem"))));
    }

    /** Says which properties are always there and which may be null, from the records themselves. */
    private static void complete(Class<? extends Record> answer, Map<String, Schema> schemas) {
        String name = answer.getAnnotation(org.eclipse.microprofile.openapi.annotations.media.Schema.class)
                .name();
        Schema schema = schemas.get(name);
        if (schema == null) {
            throw new IllegalStateException("the API describes no " + name);
        }
        for (RecordComponent component : answer.getRecordComponents()) {
            String property = property(answer, component);
            if (component.getAccessor().isAnnotationPresent(JsonInclude.class)) {
                continue;
            }
            schema.addRequired(property);
            if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                schema.addProperty(
                        property,
                        orNull(Objects.requireNonNull(schema.getProperties().get(property), property)));
            }
        }
    }

    private static String property(Class<? extends Record> answer, RecordComponent component) {
        JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
        if (named != null) {
            return named.value();
        }
        return answer.isAnnotationPresent(JsonNaming.class)
                ? new SnakeCaseStrategy().translate(component.getName())
                : component.getName();
    }

    private static Schema orNull(Schema schema) {
        return schema.getRef() == null
                ? schema.addType(Schema.SchemaType.NULL)
                : OASFactory.createSchema()
                        .addAnyOf(schema)
                        .addAnyOf(OASFactory.createSchema().addType(Schema.SchemaType.NULL));
    }
}
