<?php
// Mints a token: API_KEY=… SECRET=… php mint.php alice
[$apiKey, $secret, $conversation] = [getenv('API_KEY'), getenv('SECRET'), getenv('CONVERSATION')];
if ($argc !== 2 || !$apiKey || !$secret) {
    fwrite(STDERR, "usage: API_KEY=… SECRET=… [CONVERSATION=…] php mint.php <user id>\n");
    exit(1);
}

$grants = ['apiRTC_UserAgent_Id' => $argv[1]];
if ($conversation !== false) {
    $grants['conversations'] = [['name' => $conversation, 'role' => 'contributor',
        'publish' => ['audio', 'video', 'data'], 'subscribe' => true]];
}
// What else is an object must not be empty, or be a new stdClass: json_encode([]) writes a list.
$claims = ['sub' => $apiKey, 'aud' => 'apiRTC', 'iat' => time(), 'exp' => time() + 600,
    'jti' => bin2hex(random_bytes(16)), 'grants' => $grants];

$part = fn(string $data) => rtrim(strtr(base64_encode($data), '+/', '-_'), '=');
$signed = $part('{"alg":"HS256","typ":"JWT"}') . '.' . $part(json_encode($claims, JSON_THROW_ON_ERROR));
echo $signed . '.' . $part(hash_hmac('sha256', $signed, $secret, true)), "\n";
