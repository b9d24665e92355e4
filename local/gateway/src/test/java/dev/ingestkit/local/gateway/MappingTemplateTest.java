package dev.ingestkit.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.gateway.definition.ApiDefinition;
import dev.ingestkit.local.gateway.definition.StageSettings;
import dev.ingestkit.local.gateway.document.ApiDefinitionException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingTemplateTest {

    private static final StageSettings STAGE =
            new StageSettings("prod", Map.of("table", "events"), java.util.List.of(), java.util.Set.of());

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                "$input.body ¦ {\"a\": {\"b\":[1,2.50,{\"c\":\"x\"}]},\"n\":null,\"s\":\"t\"}",
                "$input.json('$.a.b') ¦ [1,2.50,{\"c\":\"x\"}]",
                "$input.json('$.s') ¦ \"t\"",
                "$input.json('$.missing') ¦ \"\"",
                "$input.path('$.a.b[1]') ¦ 2.50",
                "$input.path('$.a.b[2].c') ¦ x",
                "$input.path('$..c') ¦ [\"x\"]",
                "$input.path('$.a.b').size() ¦ 3",
                "$input.path('$').a.b[0] ¦ 1",
                "$input.path('$.a') ¦ {b=[1,2.50,{\"c\":\"x\"}]}",
                "[$input.path('$.n')][$input.path('$.missing')] ¦ [][]",
                "#if($input.path('$.missing') == '')empty#end ¦ empty",
                "#if($undefined == '')empty#end#if($undefined)yes#{else}no#end ¦ emptyno",
                "#if(\"\")yes#end ¦ yes",
                "a#if($foreach.hasNext),#end|#if($undefined.member)yes#end|#if(!$undefined.member)no#end ¦ a||no",
                "$undefined|$undefined.member|$!undefined|${undefined} ¦ |||",
                "$input.params('id') $input.params('q') $input.params('X-One') $input.params('none') ¦ 7 two words h `",
                "$input.params().header.get('x-one') $input.params().querystring.q ¦ h two words",
                "$input.params('path').id ¦ 7",
                "$util.base64Encode('é$') $util.base64Decode('w6k=') ¦ w6kk é",
                "$util.urlEncode('a b&c') $util.urlDecode('a+b%26c') ¦ a+b%26c a b&c",
                "$util.parseJson('{\"k\":[1,{\"m\":2}]}').k[1].m ¦ 2",
                "$util.escapeJavaScript('a\"b\\c/d') ¦ a\\\"b\\\\c\\/d",
                "$context.stage $context.apiId $context.httpMethod $context.resourcePath ¦ prod a POST /t/{id}",
                "$context.identity.sourceIp $context.requestTimeEpoch ¦ 127.0.0.1 1795348800000",
                "$stageVariables.table $stageVariables.get('table') ¦ events events",
                "#foreach($e in $input.path('$.a.b'))$foreach.index:$e#if($foreach.hasNext),#end#end ¦"
                        + " 0:1,1:2.50,2:{c=x}",
                "#set($m = {'k-1': 'v'})$m.k-1 ¦ v",
                "#set($s = 'a,b')#foreach($p in $s.split(','))[$p]#end ¦ [a][b]",
                "#macro(twice $x)$x$x#end#twice('ab') ¦ abab",
                "$input.getClass().getClassLoader()|$util.getClass().forName('java.lang.Runtime') ¦ |"
            })
    void rendersAsOnAws(String template, String expected) {
        assertThat(render(template)).isEqualTo(expected.replace("`", ""));
    }

    @Test
    void whiteSpaceAroundDirectivesStaysAsInVelocityOne() {
        assertThat(render("a\n#set($x = 1)\nb")).isEqualTo("a\nb");
        assertThat(render("a\n  #if(true)\n  b\n  #end\nc")).isEqualTo("a\n    b\n  c");
    }

    @Test
    void anEmptyBodyIsAnEmptyObject() {
        assertThat(rendered("$input.body $input.json('$')", "")).isEqualTo("{} {}");
    }

    @Test
    void aBodyThatIsNotJsonIsOneText() {
        assertThat(rendered("$input.json('$')|$input.path('$.a')|$input.body", "plain \"text\""))
                .isEqualTo("\"plain \\\"text\\\"\"||plain \"text\"");
    }

    @Test
    void aForeachStopsAfterAThousandRounds() {
        String text = rendered("#foreach($e in $input.path('$'))x#end", "[" + "1,".repeat(1_500) + "1]");

        assertThat(text).hasSize(1_000);
    }

    @Test
    void oversizedOutputFailsTheRequestOnly() {
        String huge = "#set($x = 'xxxxxxxxxx')#foreach($i in [1..7])#set($x = \"$x$x$x$x$x$x$x$x$x$x\")#end$x";

        GatewayRig rig = rig(huge);

        assertThat(rig.send(GatewayRig.post("/prod/t/7", "{}")).status()).isEqualTo(500);
        assertThat(rig.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"$util.parseJson('{')", "$input.path('$[')", "$util.base64Decode('*')x$util.parseJson('}')"})
    void aFailingCallReturns500(String template) {
        GatewayRig rig = rig(template);

        GatewayRig.Shown shown = rig.send(GatewayRig.post("/prod/t/7", "{}"));

        assertThat(shown.status()).isEqualTo(500);
        assertThat(shown.body()).isEqualTo("{\"message\":\"Internal server error\"}");
        assertThat(rig.calls).isEmpty();
    }

    @Test
    void aSyntaxErrorRefusesTheDeploymentWithItsLine() {
        ObjectNode body = SubmitApi.withTemplate("/t/{id}", "line one\n#if($x");

        assertThatThrownBy(() -> ApiDefinition.parse("a", body, STAGE))
                .isInstanceOf(ApiDefinitionException.class)
                .hasMessageContaining("$.paths['/t/{id}'].post.x-amazon-apigateway-integration.requestTemplates")
                .hasMessageContaining("line 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#include('/etc/passwd')", "#parse('x.vm')", "#evaluate('$x')", "#if(true)#parse('x')#end"})
    void otherTemplatesCannotBeIncluded(String template) {
        assertThatThrownBy(() -> ApiDefinition.parse("a", SubmitApi.withTemplate("/t/{id}", template), STAGE))
                .isInstanceOf(ApiDefinitionException.class)
                .hasMessageContaining("not available in mapping templates");
    }

    @Test
    void aDirectiveInAnInterpolatedStringReadsNoFile() {
        assertThat(render("#set($x = \"#include('/etc/hostname')\")[$x]"))
                .doesNotContain("\n")
                .startsWith("[#include");
    }

    @Test
    void theRequestTemplateCanOverrideTheServicesHeaders() {
        GatewayRig rig = rig("#set($context.requestOverride.header.X-Amz-Target = 'T.A'){}");

        rig.send(GatewayRig.post("/prod/t/7", "{}"));

        assertThat(rig.onlyCall().headers().get("x-amz-target")).containsExactly("T.A");
    }

    private static String render(String template) {
        return rendered(template, "{\"a\": {\"b\":[1,2.50,{\"c\":\"x\"}]},\"n\":null,\"s\":\"t\"}");
    }

    private static String rendered(String template, String body) {
        GatewayRig rig = rig(template);
        GatewayRig.Shown shown = rig.send(GatewayRig.post("/prod/t/7?q=two+words&id=8", body, "X-One", "h"));
        assertThat(shown.status()).as(shown.body()).isEqualTo(200);
        return rig.onlyCall().text();
    }

    private static GatewayRig rig(String template) {
        return new GatewayRig(ApiDefinition.parse("a", SubmitApi.withTemplate("/t/{id}", template), STAGE));
    }
}
