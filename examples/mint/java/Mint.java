import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Mints a token: API_KEY=… SECRET=… java Mint.java alice */
public class Mint {
    public static void main(String[] arguments) throws GeneralSecurityException {
        String apiKey = fromOutside(System.getenv("API_KEY"));
        String secret = fromOutside(System.getenv("SECRET"));
        String conversation = fromOutside(System.getenv("CONVERSATION"));
        if (arguments.length != 1 || apiKey == null || apiKey.isEmpty() || secret == null || secret.isEmpty()) {
            System.err.println("usage: API_KEY=… SECRET=… [CONVERSATION=…] java Mint.java <user id>");
            System.exit(1);
        }

        String grants = "{\"apiRTC_UserAgent_Id\":" + quoted(fromOutside(arguments[0]));
        if (conversation != null) {
            grants += ",\"conversations\":[{\"name\":" + quoted(conversation)
                + ",\"role\":\"contributor\",\"publish\":[\"audio\",\"video\",\"data\"],\"subscribe\":true}]";
        }
        long now = Instant.now().getEpochSecond();
        String claims = "{\"sub\":" + quoted(apiKey) + ",\"aud\":\"apiRTC\",\"iat\":" + now + ",\"exp\":" + (now + 600)
            + ",\"jti\":\"" + UUID.randomUUID() + "\",\"grants\":" + grants + "}}";

        String signed = part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8)) + "." + part(claims.getBytes(UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        System.out.println(signed + "." + part(mac.doFinal(signed.getBytes(UTF_8))));
    }

    private static String part(byte[] data) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(data);
    }

    /** A string of JSON, which the standard library cannot write; with a JSON library at hand, let that do it. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char one : text.toCharArray()) {
            if (one < ' ') quoted.append(String.format("\\u%04x", (int) one));
            else if (one == '"' || one == '\\') quoted.append('\\').append(one);
            else quoted.append(one);
        }
        return quoted.append('"').toString();
    }

    /** Under a locale other than UTF-8, Java loses what is not ASCII: better no token than one for somebody else. */
    private static String fromOutside(String text) {
        if (text != null && text.indexOf('\uFFFD') >= 0) {
            throw new IllegalArgumentException("Not readable in this locale: set LC_ALL=C.UTF-8");
        }
        return text;
    }
}
