<?php
// Says whom a token on standard input is for: API_KEY=… SECRET=… php verify.php <token.txt
[$apiKey, $secret] = [getenv('API_KEY'), getenv('SECRET')];
if (!$apiKey || !$secret) refuse('API_KEY and SECRET are not set');

$parts = explode('.', trim(stream_get_contents(STDIN)));
if (count($parts) !== 3) refuse('it is not a token');
[$header, $payload, $signature] = $parts;
// The algorithm is ours to say: a header that names another one is refused before anything else is read.
if ((read($header)['alg'] ?? null) !== 'HS256') refuse('it is not signed with HS256');
$mac = rtrim(strtr(base64_encode(hash_hmac('sha256', "$header.$payload", $secret, true)), '+/', '-_'), '=');
if (!hash_equals($mac, $signature)) refuse('its signature is wrong');

$claims = read($payload);
if (!is_numeric($claims['exp'] ?? null) || $claims['exp'] <= time()) refuse('it has expired');
if (($claims['nbf'] ?? 0) > time()) refuse('it is not good yet');
if (!in_array('apiRTC', (array) ($claims['aud'] ?? []), true)) refuse('it is for another audience');
if (($claims['sub'] ?? null) !== $apiKey) refuse('it is of another API key');
echo $claims['grants']['apiRTC_UserAgent_Id'], "\n";

function read(string $part): array
{
    $read = json_decode(base64_decode(strtr($part, '-_', '+/')), true);
    return is_array($read) ? $read : refuse('it is not a token');
}

function refuse(string $why): never
{
    fwrite(STDERR, "refused: $why\n");
    exit(1);
}
