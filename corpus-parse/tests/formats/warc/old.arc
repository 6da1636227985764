filedesc://tin.arc 0.0.0.0 20140301000000 text/plain 64
1 0 Tay
URL IP-address Archive-date Content-type Archive-length

http://tin.example/cho phien?a=1&b=hai ba 127.0.0.1 20140302010203 text/html 314
HTTP/1.1 200 OK
Content-Type: text/html; charset=utf-8

<!DOCTYPE html><html lang="vi"><head><title>Chợ phiên</title></head><body><nav><a href="/">Trang chủ</a></nav><h1>Chợ phiên</h1><div class="content-detail"><p>Chợ họp từ bốn giờ sáng, đông nhất là hàng rau.</p></div></body></html>
http://tin.example/hong 127.0.0.1 20140302010203 text/html abc
khong co do dai
http://tin.example/cho-phien-2 127.0.0.1 20140302010203 text/html 314
HTTP/1.1 200 OK
Content-Type: text/html; charset=utf-8

<!DOCTYPE html><html lang="vi"><head><title>Chợ phiên</title></head><body><nav><a href="/">Trang chủ</a></nav><h1>Chợ phiên</h1><div class="content-detail"><p>Chợ họp từ bốn giờ sáng, đông nhất là hàng rau.</p></div></body></html>
